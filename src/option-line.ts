import { existsSync, readFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { sourceOf } from './content/source.js';
import { exportLine, propertyImport, propertyLine } from './environment/property-line.js';
import { checkOf, type Finding } from './model/finding.js';

/** Adds the line of the option to a finding about an environment, if it can be found in the file. */
export const withOptionLine = (finding: Finding, environment: string): Finding => {
  const { file, line, object, path } = finding.place;
  // A path with an object is a path in that object, except for `patch`.
  if (file !== environment || line !== undefined || !path) return finding;
  const option = optionOf[finding.code] ?? exposureOf(finding) ?? path;
  const inObject = object && option === path && path !== 'patch';
  const elsewhere = inObject ? undefined : importedPlace(file, option);
  if (elsewhere) return { ...finding, place: { ...finding.place, ...elsewhere } };
  const found = inObject ? mentionedLine(finding, file) : lineOf(finding, file, option);
  return found === undefined ? finding : { ...finding, place: { ...finding.place, line: found } };
};

/** Adds the line of its path to a finding about the default export of a module, such as a dashboard. */
export const withModuleLine = (finding: Finding): Finding => {
  const { file = '', line, path } = finding.place;
  if (line !== undefined || !path || !/\.[jt]s$/.test(file) || !existsSync(file)) return finding;
  const found = lineIn(readFileSync(file, 'utf8'), finding.code, path);
  return found === undefined ? finding : { ...finding, place: { ...finding.place, line: found } };
};

/** The option to change, for findings whose path is in an object. */
const optionOf: Readonly<Record<string, string>> = {
  'cardinality/not-enough-memory': 'prometheus.memory',
  'cardinality/not-enough-disk': 'prometheus.volume',
};

/** The option of a path in an Ingress or in the Service behind it. */
const exposureOf = ({ code, place }: Finding): string | undefined => {
  const { object = '', construct = '', path = '' } = place;
  const [, component] = /^components\/([^/]+)/.exec(construct) ?? [];
  const exposure = component && exposures[component];
  if (!code.startsWith('ingress/') || !exposure) return undefined;
  const annotations = object.startsWith('Service ') ? 'serviceAnnotations' : 'annotations';
  return `${exposure}.${path
    .replace(/^metadata\.annotations/, annotations)
    .replace(/^spec\.ingressClassName/, 'ingressClass')}`;
};

const exposures: Readonly<Record<string, string>> = {
  grafana: 'exposure.grafana',
  prometheus: 'exposure.behindAuthProxy',
  alertmanager: 'exposure.behindAuthProxy',
  jaeger: 'exposure.behindAuthProxy',
};

const lineOf = (finding: Finding, file: string, path: string): number | undefined =>
  lineIn(readFileSync(file, 'utf8'), finding.code, path) ?? mentionedLine(finding, file);

/** The line of a property; of the whole object, if it lacks a required one. */
const lineIn = (source: string, code: string, path: string): number | undefined =>
  propertyLine(source, path) ?? (code.endsWith('/missing-option') ? exportLine(source) : undefined);

/** The file and the line of an option that the environment imports, such as from `settings/`. */
const importedPlace = (
  file: string,
  path: string,
): { readonly file: string; readonly line: number } | undefined => {
  const imported = propertyImport(readFileSync(file, 'utf8'), path);
  if (!imported?.from.startsWith('.')) return undefined;
  const module = join(dirname(file), imported.from);
  const found = [module.replace(/\.js$/, '.ts'), module].find((one) => existsSync(one));
  const line = found && propertyLine(readFileSync(found, 'utf8'), imported.path);
  return found && line ? { file: found, line } : undefined;
};

/** For routes and alert settings, the line that contains the name. */
const mentionedLine = (finding: Finding, file: string): number | undefined => {
  const check = checkOf(finding);
  if (check === 'routes') return sourceOf(file, false).lineOf(String(finding.value));
  if (check !== 'content') return undefined;
  const { path = '' } = finding.place;
  const name = path.endsWith('.alert') ? String(finding.value) : path.split('.').at(-1)!;
  return sourceOf(file, false).lineOf(name);
};
