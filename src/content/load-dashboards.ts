import { createHash } from 'node:crypto';
import { existsSync } from 'node:fs';
import { join, relative } from 'node:path';
import { filesIn } from '../config/files-in.js';
import { type LoadModule, loadModules, type Module, type Modules } from '../config/modules.js';
import { contentFinding } from './faults.js';
import { readDocuments } from './import/document.js';
import { importWrapped } from './import/import-wrapped.js';
import { metaExtension, metaOf, strayMetas } from './import/meta.js';
import { referencesIn } from './import/references.js';
import { unwrap } from './import/unwrap.js';

/** The extensions of imported dashboards. */
export const importedExtensions = ['.json', '.yaml', '.yml'];

const extension = /\.(json|ya?ml)$/;

/** Loads the dashboards of a folder: TypeScript files, and those of others in JSON and YAML. */
export const loadDashboards = async (
  folder: string,
  check: string,
  load?: LoadModule,
): Promise<Modules> => {
  const written = await loadModules(folder, check, load);
  const entries = exportsIn(folder);
  const taken = entries.map((name) => loadExport(folder, name));
  return {
    modules: [...written.modules, ...taken.flatMap(({ modules }) => modules)],
    findings: [
      ...written.findings,
      ...taken.flatMap(({ findings }) => findings),
      ...strayMetas(folder, entries.map(stemOf)),
    ],
  };
};

const exportsIn = (folder: string): string[] =>
  existsSync(folder)
    ? filesIn(folder)
        .filter((entry) => !entry.startsWith('.') && extension.test(entry))
        .filter((entry) => !entry.endsWith(metaExtension))
        .sort()
    : [];

const stemOf = (entry: string): string => entry.replace(extension, '');

const loadExport = (folder: string, entry: string): Modules => {
  const path = join(folder, entry);
  const file = relative(process.cwd(), path);
  const read = readDocuments(path, file);
  if ('finding' in read) return { modules: [], findings: [read.finding] };
  const references = referencesIn(read.documents);
  const unwrapped = read.documents.map((document) => unwrap(document, '', references));
  const dashboards = unwrapped.flatMap((one) => one.dashboards);
  const imported = dashboards.map((one) => ({ one, ...importWrapped(one, file) }));
  const { meta, findings } = metaOf(folder, stemOf(entry));
  const faults = unwrapped.flatMap((one) => one.faults);
  return {
    modules: imported.flatMap(({ one, value }): Module[] => {
      const name = uidOf((dashboards.length > 1 && one.name) || stemOf(entry));
      const inside = dashboards.length > 1 && one.name ? { part: one.path } : {};
      return value ? [{ name, file, value: { ...value, ...meta }, ...inside }] : [];
    }),
    findings: [
      ...faults.map(({ path: at, ...fault }) =>
        contentFinding({
          ...fault,
          place: { file, ...(at && { path: at }) },
          // Beside dashboards, other objects only have no effect.
          ...(fault.fault === 'no-dashboard' &&
            !fault.suggestion &&
            dashboards.length > 0 && { severity: 'warning' as const }),
        }),
      ),
      ...(read.documents.length > 0
        ? []
        : [contentFinding({ fault: 'no-dashboard', place: { file } })]),
      ...imported.flatMap((one) => one.findings),
      ...findings,
    ],
  };
};

const longestUid = 40;

/** The uid of Grafana for a name: letters, digits, `-` and `_`; a hash if the name has none or is too long. */
export const uidOf = (name: string): string => {
  const uid = name.replace(/[^\w-]+/g, '-').replace(/^-|-$/g, '');
  if (uid !== '' && uid.length <= longestUid) return uid;
  const hash = createHash('sha256').update(name).digest('hex').slice(0, 12);
  return [uid.slice(0, longestUid - hash.length - 1).replace(/-$/, ''), hash]
    .filter((part) => part !== '')
    .join('-');
};
