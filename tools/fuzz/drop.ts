import { isDeepStrictEqual } from 'node:util';
import { parseAllDocuments, stringify } from 'yaml';
import { validate } from '../../src/environment/validate.js';
import { judge, type Verdict } from './judge.js';
import { type Path, pathsOf, valueAt, without } from './mutate.js';
import type { Project } from './project.js';
import type { Random } from './random.js';

/**
 * Fields of files that have no effect in the stack, by the last names of their path. What identifies an object
 * in a cluster or a dashboard in another Grafana says nothing about what it shows.
 */
const withoutEffect: Readonly<Record<string, RegExp>> = {
  'dashboards/shop.json':
    /^(?:.*\.)?(?:uid|schemaVersion|apiVersion|kind|id|refId|metadata(?:\..*)?|instanceSelector|__inputs(?:\..*)?|auto|pluginId)$/,
  // A group without rules has no effect.
  'alerts/orders.yaml': /^(?!.*\brules\.\d)/,
  // An object without its kind is not one that Crowsnest reads, and the stack has its own prober.
  'applications/shop.yaml':
    /^\d+(?:\.(?:apiVersion|kind|metadata\.labels(?:\..*)?|spec\.prober\.url))?$/,
};

/** A path whose value an accepted project has, but whose removal changes neither the output nor a finding. */
export const droppedIn = async (
  project: Project,
  { files, synthesis }: Verdict,
  random: Random,
): Promise<string | undefined> => {
  const found = candidate(project, random);
  if (!found) return undefined;
  const other = await judge(found.project);
  const isSame =
    other.synthesis?.ok === true &&
    isDeepStrictEqual(other.files, files) &&
    isDeepStrictEqual(textsOf(other), textsOf({ files, synthesis, text: '' }));
  return isSame ? `${found.file} ${found.path} is dropped silently` : undefined;
};

const textsOf = ({ synthesis }: Verdict) =>
  synthesis?.findings.map(({ code, place: { path }, message }) => `${code} ${path} ${message}`);

interface Removal {
  readonly project: Project;
  readonly file: string;
  readonly path: string;
}

const candidate = (project: Project, random: Random): Removal | undefined => {
  const file = random.pick([...Object.keys(project.texts), 'environments/fuzz.ts']);
  const text = project.texts[file];
  if (text !== undefined) return inText(project, file, text, random);
  const options = project.modules[file];
  const path = pick(options, random);
  if (!path) return undefined;
  const rest = without(options, path);
  const [before, after] = [options, rest].map((one) => validate(one, 'fuzz', file).environment);
  // It is the default, or required.
  if (!after || isDeepStrictEqual(before, after)) return undefined;
  return {
    project: { ...project, modules: { ...project.modules, [file]: rest } },
    file,
    path: path.join('.'),
  };
};

const inText = (
  project: Project,
  file: string,
  text: string,
  random: Random,
): Removal | undefined => {
  const isJson = file.endsWith('.json');
  let value: unknown;
  try {
    value = isJson ? JSON.parse(text) : parseAllDocuments(text).map((one) => one.toJS());
  } catch {
    return undefined;
  }
  const path = pick(value, random);
  if (!path || withoutEffect[file]?.test(path.join('.'))) return undefined;
  const rest = without(value, path);
  const written = isJson
    ? JSON.stringify(rest)
    : (rest as unknown[]).map((one) => stringify(one)).join('---\n');
  return {
    project: { ...project, texts: { ...project.texts, [file]: written } },
    file,
    path: path.join('.'),
  };
};

/** A random path to a value that says something. */
const pick = (value: unknown, random: Random): Path | undefined => {
  const paths = pathsOf(value).filter((path) => {
    const inner = valueAt(value, path);
    return inner !== null && inner !== undefined && inner !== '' && typeof inner !== 'function';
  });
  return paths.length === 0 ? undefined : random.pick(paths);
};
