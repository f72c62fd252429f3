import type { Manifest } from '../../src/model/manifest.js';
import { titleOf } from '../../src/model/manifest.js';

// biome-ignore lint/suspicious/noExplicitAny: faults are put where no type expects them
export type Loose = any;

export type Path = readonly (string | number)[];

/** One fault at one place. */
export interface Place {
  /** The object, and where in it. */
  readonly where: string;
  readonly object: Manifest['object'];
  /** In the object, or behind the name of a file in the file. */
  readonly path: string;
  /** What stands there now. */
  readonly was: unknown;
  /** The manifests with the fault. */
  readonly manifests: () => readonly Manifest[];
}

/** A real fault, put wherever it fits. */
export interface Operator {
  readonly name: string;
  /** How it happens to people. */
  readonly fault: string;
  readonly places: (manifests: readonly Manifest[]) => Place[];
}

/** A value inside a tree. */
export interface Site {
  readonly path: Path;
  readonly key: string | number;
  readonly value: Loose;
}

/** Every value below a tree, outermost first; not below what `stop` says. */
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

export const valueAt = (tree: Loose, path: Path): Loose =>
  path.reduce((value, key) => value?.[key], tree);

/** A copy of a tree in which one value is another, or gone. */
export const put = <T>(tree: T, path: Path, value: unknown): T => {
  const copy: Loose = structuredClone(tree);
  const parent = valueAt(copy, path.slice(0, -1));
  const last = path.at(-1)!;
  if (value !== undefined) parent[last] = value;
  else if (Array.isArray(parent)) parent.splice(Number(last), 1);
  else delete parent[last];
  return copy;
};

/** A copy of a tree in which one key has another name, at the same place among the others. */
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

/** A word as it is mistyped: two neighbours in its middle change places, or one is lost. */
export const misspell = (word: string): string => {
  for (let index = Math.floor(word.length / 2); index < word.length; index += 1) {
    const [a, b] = [word[index - 1], word[index]];
    if (a !== undefined && b !== undefined && a !== b && /\w/.test(a) && /\w/.test(b)) {
      return word.slice(0, index - 1) + b + a + word.slice(index + 1);
    }
  }
  return word.length > 1 ? word.slice(0, -1) : `${word}x`;
};
