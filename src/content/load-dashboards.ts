import { createHash } from 'node:crypto';
import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join, relative } from 'node:path';
import { type LoadModule, loadModules, type Module, type Modules } from '../config/modules.js';
import type { Finding } from '../model/finding.js';
import { validateValue } from '../schema/validate-value.js';
import { contentFinding } from './faults.js';
import { exportSchema } from './import/export.js';
import { importDashboard } from './import/import-dashboard.js';
import { metaExtension, metaOf, strayMetas } from './import/meta.js';

/** Loads the dashboards of a folder: TypeScript files, and imported JSON. */
export const loadDashboards = async (
  folder: string,
  check: string,
  load?: LoadModule,
): Promise<Modules> => {
  const written = await loadModules(folder, check, load);
  const entries = exportsIn(folder);
  const taken = entries.map((name) => loadExport(folder, name));
  return {
    modules: [...written.modules, ...taken.flatMap(({ module }) => module ?? [])],
    findings: [
      ...written.findings,
      ...taken.flatMap(({ findings }) => findings),
      ...strayMetas(folder, entries.map(stemOf)),
    ],
  };
};

/** Whether a dashboard is imported, so that its author decides about its style. */
export const isTakenOver = (file: string): boolean => file.endsWith('.json');

const exportsIn = (folder: string): string[] =>
  existsSync(folder)
    ? readdirSync(folder)
        .filter((entry) => /^[^.].*\.json$/.test(entry) && !entry.endsWith(metaExtension))
        .sort()
    : [];

const loadExport = (
  folder: string,
  entry: string,
): { readonly module?: Module; readonly findings: readonly Finding[] } => {
  const path = join(folder, entry);
  const file = relative(process.cwd(), path);
  const { json, finding } = readJson(path, file);
  if (finding) return { findings: [finding] };
  const { data, faults } = validateValue(exportSchema, unwrap(json), file);
  const { meta, findings } = metaOf(folder, stemOf(entry));
  return {
    findings: [...faults.map(contentFinding), ...findings],
    ...(data && {
      module: { name: uidOf(entry), file, value: { ...importDashboard(data), ...meta } },
    }),
  };
};

const stemOf = (entry: string): string => entry.slice(0, -'.json'.length);

/** The uid of Grafana for a file: at most 40 letters, digits, `-` and `_`; a hash if the name has none. */
const uidOf = (entry: string): string => {
  const uid = entry
    .slice(0, -'.json'.length)
    .replace(/[^\w-]+/g, '-')
    .slice(0, 40)
    .replace(/^-|-$/g, '');
  return uid || createHash('sha256').update(entry).digest('hex').slice(0, 12);
};

const readJson = (
  path: string,
  file: string,
): { readonly json?: unknown; readonly finding?: Finding } => {
  try {
    // It removes a byte order mark, and rejects another encoding.
    const text = new TextDecoder('utf-8', { fatal: true }).decode(readFileSync(path));
    return { json: JSON.parse(text) };
  } catch (error) {
    const isEncoding =
      (error as NodeJS.ErrnoException).code === 'ERR_ENCODING_INVALID_ENCODED_DATA';
    const reason = error instanceof Error ? error.message : String(error);
    const finding = isEncoding
      ? contentFinding({ fault: 'invalid-encoding', place: { file } })
      : contentFinding({
          fault: 'invalid-json',
          place: { file },
          message: `The file is not valid JSON: ${reason}`,
        });
    return { finding };
  }
};

/** The dashboard in what Grafana's API returns, in a resource of Grafana, or of its operator. */
const unwrap = (json: unknown): unknown => {
  const { dashboard, apiVersion, spec } = (json ?? {}) as Record<string, unknown>;
  if (typeof dashboard === 'object' && dashboard !== null) return dashboard;
  if (typeof apiVersion !== 'string' || typeof spec !== 'object' || spec === null) return json;
  const { json: text } = spec as Record<string, unknown>;
  if (typeof text !== 'string') return spec;
  try {
    return JSON.parse(text);
  } catch {
    return json;
  }
};
