import { parse } from 'yaml';
import { type Manifest, titleOf } from '../../src/model/manifest.js';
import { at, type Lists, merge, type Tree } from './merge.js';

/** A change of a list of manifests. */
export type Edit = (manifests: readonly Manifest[]) => readonly Manifest[];

/** Changes the object with a title. */
export const edit =
  (title: string, change: (object: Tree) => Tree): Edit =>
  (all) => {
    if (!all.some(({ object }) => titleOf(object) === title)) throw new Error(`No ${title}.`);
    return all.map((one) =>
      titleOf(one.object) === title ? { ...one, object: change(one.object) } : one,
    );
  };

/** Sets a value in the object with a title, at a dotted path. */
export const put = (title: string, path: string, value: Tree, lists?: Lists): Edit =>
  edit(title, (object) => at(object, split(path), (part) => merge(part, value, lists)));

const split = (path: string): string[] => (path === '' ? [] : path.split('.'));

/** Removes the part at a dotted path from the object with a title. */
export const drop = (title: string, path: string): Edit => {
  const keys = split(path);
  const last = keys.pop()!;
  return put(title, keys.join('.'), { [last]: undefined });
};

/** Adds an object. */
export const add =
  (object: Tree): Edit =>
  (all) => [...all, { object, construct: 'example', chart: 'example', patched: false }];

/** Removes the object with a kind, a namespace and a name. */
export const remove =
  (title: string): Edit =>
  (all) => {
    const left = all.filter(({ object }) => titleOf(object) !== title);
    if (left.length === all.length) throw new Error(`No ${title}.`);
    return left;
  };

/** Sets a value in a YAML file in a ConfigMap. */
export const putInFile = (
  title: string,
  key: string,
  path: string,
  value: Tree,
  lists?: Lists,
): Edit =>
  edit(title, (object) =>
    at(object, ['data', key], (text: string) =>
      JSON.stringify(at(parse(text), split(path), (part) => merge(part, value, lists))),
    ),
  );

/** Removes the part at a dotted path from a YAML file in a ConfigMap. */
export const dropInFile = (title: string, key: string, path: string): Edit => {
  const keys = split(path);
  const last = keys.pop()!;
  return putInFile(title, key, keys.join('.'), { [last]: undefined });
};
