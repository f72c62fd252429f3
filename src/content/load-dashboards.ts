import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join, relative } from 'node:path';
import { z } from 'zod';
import type { LoadModule } from '../config/import-module.js';
import { loadModules, type Module, type Modules } from '../config/modules.js';
import type { Finding } from '../model/finding.js';
import { hold } from '../schema/hold.js';
import { importDashboard } from './import-dashboard.js';

/** Loads the dashboards of a folder: those that are written, and the JSON of those that are taken over. */
export const loadDashboards = async (
  folder: string,
  check: string,
  load?: LoadModule,
): Promise<Modules> => {
  const written = await loadModules(folder, check, load);
  const taken = exportsIn(folder).map((name) => loadExport(folder, name, check));
  return {
    modules: [...written.modules, ...taken.flatMap(({ module }) => module ?? [])],
    findings: [...written.findings, ...taken.flatMap(({ findings }) => findings)],
  };
};

/** Whether a dashboard was taken over, and is not ours to mend. */
export const isTakenOver = (file: string): boolean => file.endsWith('.json');

const exportSchema = z.looseObject({
  title: z.string().min(1),
  __inputs: z
    .array(z.looseObject({ name: z.string(), pluginId: z.string().optional() }))
    .optional(),
  templating: z
    .looseObject({
      list: z.array(z.looseObject({ name: z.string().min(1), type: z.string() })).optional(),
    })
    .optional(),
  panels: z.array(z.looseObject({ type: z.string().min(1), id: z.int().optional() })),
});

const exportsIn = (folder: string): string[] =>
  existsSync(folder)
    ? readdirSync(folder)
        .filter((entry) => /^[^.].*\.json$/.test(entry))
        .sort()
    : [];

const loadExport = (
  folder: string,
  entry: string,
  check: string,
): { readonly module?: Module; readonly findings: readonly Finding[] } => {
  const path = join(folder, entry);
  const file = relative(process.cwd(), path);
  try {
    const json = JSON.parse(readFileSync(path, 'utf8'));
    // Grafana's own interface answers with the dashboard inside of what it knows about it.
    const { data, findings } = hold(exportSchema, json.dashboard ?? json, file, check);
    const name = entry.slice(0, -'.json'.length);
    return { findings, ...(data && { module: { name, file, value: importDashboard(data) } }) };
  } catch (error) {
    const message = error instanceof Error ? error.message : String(error);
    return {
      findings: [
        {
          check,
          severity: 'error',
          place: { file },
          message: `The file is no JSON: ${message}`,
          remedy: 'Export the dashboard again, or write it anew with npm run new:dashboard.',
        },
      ],
    };
  }
};
