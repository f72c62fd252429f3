import type { EnvironmentOptions } from '../../src/environment/environment.js';
import type { CheckInput } from '../../src/model/check.js';
import type { Finding } from '../../src/model/finding.js';
import type { Manifest } from '../../src/model/manifest.js';
import { titleOf } from '../../src/model/manifest.js';

// biome-ignore lint/suspicious/noExplicitAny: faults are put where no type expects them
export type Untyped = any;

export type Path = readonly (string | number)[];

/** One fault at one place. */
export interface Place {
  /** The object, and the path in it. */
  readonly where: string;
  readonly object: Manifest['object'];
  /** The path in the object, or in a file after the name of the file. */
  readonly path: string;
  /** The value before the fault. */
  readonly was: unknown;
  /** The manifests with the fault. */
  readonly manifests: () => readonly Manifest[];
  /** The declared connections with the fault. @default - unchanged */
  readonly connections?: (connections: CheckInput['connections']) => CheckInput['connections'];
  /** What a synth reports, if the fault is in an environment. @default - the checks run on the manifests */
  readonly findings?: () => readonly Finding[];
}

/** The project in which the faults are. */
export interface Project {
  /** The options of its production environment. */
  readonly options: EnvironmentOptions;
  /** What a synth of environments with its content reports, by the name of each environment. */
  readonly synth: (environments: Readonly<Record<string, EnvironmentOptions>>) => Finding[];
}

/** A realistic fault, added at every place where it fits. */
export interface Operator {
  readonly name: string;
  /** How users cause it. */
  readonly fault: string;
  readonly places: (manifests: readonly Manifest[], project: Project) => Place[];
}

/** A value in a tree. */
export interface Site {
  readonly path: Path;
  readonly key: string | number;
  readonly value: Untyped;
}

/** Every value in a tree, outermost first, except below the nodes that `stop` selects. */
export const sitesIn = (
  tree: unknown,
  stop: (path: Path) => boolean = () => false,
  path: Path = [],
): Site[] => {
  if (typeof tree !== 'object' || tree === null) return [];
  const entries: [string | number, unknown][] = Array.isArray(tree)
    ? tree.map((item, index) => [index, item])
    : Object.entries(tree);
  return entries.flatMap(([key, value]) => {
    const here = [...path, key];
    return stop(here) ? [] : [{ path: here, key, value }, ...sitesIn(value, stop, here)];
  });
};

/** Every value of an object, without those in the files of a ConfigMap. */
export const sitesOf = ({ object }: Manifest): Site[] =>
  sitesIn(object, ([field]) => field === 'data');

export const valueAt = (tree: Untyped, path: Path): Untyped =>
  path.reduce((value, key) => value?.[key], tree);

/** A copy of a tree in which one value is replaced or removed. */
export const put = <T>(tree: T, path: Path, value: unknown): T => {
  const copy: Untyped = structuredClone(tree);
  const parent = valueAt(copy, path.slice(0, -1));
  const last = path.at(-1)!;
  if (value !== undefined) parent[last] = value;
  else if (Array.isArray(parent)) parent.splice(Number(last), 1);
  else delete parent[last];
  return copy;
};

/** A copy of a tree in which one key is renamed, at the same position. */
export const rename = <T>(tree: T, path: Path, name: string): T => {
  const parent = valueAt(tree, path.slice(0, -1));
  const renamed = Object.fromEntries(
    Object.entries(parent).map(([key, value]) => [key === path.at(-1) ? name : key, value]),
  );
  return path.length === 1 ? (renamed as T) : put(tree, path.slice(0, -1), renamed);
};

/** The place of a fault in one object. */
export const placeIn = (
  manifests: readonly Manifest[],
  manifest: Manifest,
  path: Path | string,
  was: unknown,
  change: (object: Manifest['object']) => Manifest['object'],
): Place => ({
  where: `${titleOf(manifest.object)} ${typeof path === 'string' ? path : path.join('.')}`,
  object: manifest.object,
  path: typeof path === 'string' ? path : path.join('.'),
  was,
  manifests: () =>
    manifests.map((one) => (one === manifest ? { ...one, object: change(one.object) } : one)),
});

/** The place of a fault in the options of an environment. */
export const placeInOptions = (
  path: string,
  was: unknown,
  findings: () => readonly Finding[],
): Place => ({
  where: `environment ${path}`,
  object: { apiVersion: 'none', kind: 'Environment', metadata: { name: 'environment' } },
  path,
  was,
  manifests: () => [],
  findings,
});

/** A misspelt word: two letters in the middle are swapped, or one is missing. */
export const misspell = (word: string): string => {
  for (let index = Math.floor(word.length / 2); index < word.length; index += 1) {
    const [a, b] = [word[index - 1], word[index]];
    if (a !== undefined && b !== undefined && a !== b && /\w/.test(a) && /\w/.test(b)) {
      return word.slice(0, index - 1) + b + a + word.slice(index + 1);
    }
  }
  return word.length > 1 ? word.slice(0, -1) : `${word}x`;
};
