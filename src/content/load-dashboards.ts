import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join, relative } from 'node:path';
import { z } from 'zod';
import { type LoadModule, loadModules, type Module, type Modules } from '../config/modules.js';
import type { Finding } from '../model/finding.js';
import { validateValue } from '../schema/validate-value.js';
import { contentFinding } from './faults.js';
import { importDashboard } from './import-dashboard.js';

/** Loads the dashboards of a folder: TypeScript files, and imported JSON. */
export const loadDashboards = async (
  folder: string,
  check: string,
  load?: LoadModule,
): Promise<Modules> => {
  const written = await loadModules(folder, check, load);
  const taken = exportsIn(folder).map((name) => loadExport(folder, name));
  return {
    modules: [...written.modules, ...taken.flatMap(({ module }) => module ?? [])],
    findings: [...written.findings, ...taken.flatMap(({ findings }) => findings)],
  };
};

/** Whether a dashboard is imported, so that its author decides about its style. */
export const isTakenOver = (file: string): boolean => file.endsWith('.json');

const exportSchema = z.looseObject({
  title: z.string().min(1),
  tags: z.array(z.string()).optional(),
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
): { readonly module?: Module; readonly findings: readonly Finding[] } => {
  const path = join(folder, entry);
  const file = relative(process.cwd(), path);
  try {
    const json = JSON.parse(readFileSync(path, 'utf8'));
    // Grafana's API returns the dashboard inside an object with metadata.
    const { data, faults } = validateValue(exportSchema, json.dashboard ?? json, file);
    const findings = faults.map(contentFinding);
    const name = entry.slice(0, -'.json'.length);
    return { findings, ...(data && { module: { name, file, value: importDashboard(data) } }) };
  } catch (error) {
    const message = error instanceof Error ? error.message : String(error);
    return {
      findings: [
        contentFinding({
          fault: 'invalid-json',
          place: { file },
          message: `The file is not valid JSON: ${message}`,
        }),
      ],
    };
  }
};
