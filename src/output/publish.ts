import {
  existsSync,
  mkdirSync,
  readdirSync,
  readFileSync,
  renameSync,
  rmSync,
  writeFileSync,
} from 'node:fs';
import { join } from 'node:path';
import { type Files, generatedMark } from './files.js';

/** The result for the folder of each environment. */
export type Published = Readonly<Record<string, 'created' | 'changed' | 'unchanged' | 'removed'>>;

/**
 * Publishes the environments to `out`, one folder each. Writes all new folders completely before one
 * replaces an old folder, and deletes the old ones last: a full disk does not change `out`.
 * Removes the folders of environments that no longer exist, unless these are only a part (`isPart`).
 */
export const publish = (
  out: string,
  environments: Readonly<Record<string, Files>>,
  isPart = false,
): Published => {
  mkdirSync(out, { recursive: true });
  const published = publishedStates(out, environments, isPart);
  const fresh = Object.entries(environments).filter(([name]) => published[name] !== 'unchanged');
  const aside = join(out, '.crowsnest');
  rmSync(aside, { recursive: true, force: true });
  if (Object.values(published).every((state) => state === 'unchanged')) return published;
  const undo: (() => void)[] = [];
  try {
    for (const [name, files] of fresh) write(join(aside, 'new', name), files);
    mkdirSync(join(aside, 'old'), { recursive: true });
    for (const [name, state] of Object.entries(published)) {
      if (state === 'changed' || state === 'removed') {
        move(join(out, name), join(aside, 'old', name), undo);
      }
    }
    for (const [name] of fresh) move(join(aside, 'new', name), join(out, name), undo);
  } catch (error) {
    for (const step of undo.reverse()) step();
    throw error;
  } finally {
    rmSync(aside, { recursive: true, force: true });
  }
  return published;
};

/** Writes files into a folder and removes all others. */
export const write = (folder: string, files: Files): void => {
  rmSync(folder, { recursive: true, force: true });
  mkdirSync(folder, { recursive: true });
  for (const [name, text] of Object.entries(files)) writeFileSync(join(folder, name), text);
};

/** What `publish` would do with each folder. */
export const publishedStates = (
  out: string,
  environments: Readonly<Record<string, Files>>,
  isPart: boolean,
): Published => {
  const published: Record<string, Published[string]> = {};
  for (const [name, files] of Object.entries(environments)) {
    const folder = join(out, name);
    if (!existsSync(folder)) published[name] = 'created';
    else if (holds(folder, files)) published[name] = 'unchanged';
    else if (isOurs(folder)) published[name] = 'changed';
    else throw new Error(`${folder} exists, but was not generated.`);
  }
  const stale = isPart ? [] : staleIn(out, Object.keys(environments));
  for (const name of stale) published[name] = 'removed';
  return published;
};

const move = (from: string, to: string, undo: (() => void)[]): void => {
  renameSync(from, to);
  undo.push(() => renameSync(to, from));
};

const holds = (folder: string, files: Files): boolean => {
  const present = readdirSync(folder);
  return (
    present.length === Object.keys(files).length &&
    present.every((name) => {
      const text = files[name];
      return text !== undefined && readFileSync(join(folder, name), 'utf8') === text;
    })
  );
};

/** The files of an environment that are published; undefined if there are none. */
export const publishedFiles = (out: string, environment: string): Files | undefined => {
  const folder = join(out, environment);
  if (!existsSync(folder)) return undefined;
  const names = readdirSync(folder, { withFileTypes: true }).filter((entry) => entry.isFile());
  return Object.fromEntries(
    names.map(({ name }) => [name, readFileSync(join(folder, name), 'utf8')]),
  );
};

/** Folders of environments that no longer exist; a folder that was not generated is not touched. */
const staleIn = (out: string, names: readonly string[]): string[] =>
  readdirSync(out, { withFileTypes: true })
    .filter((entry) => entry.isDirectory() && !names.includes(entry.name))
    .map(({ name }) => name)
    .filter((name) => isOurs(join(out, name)));

const isOurs = (folder: string): boolean => {
  const kustomization = join(folder, 'Kustomization');
  return existsSync(kustomization) && readFileSync(kustomization, 'utf8').startsWith(generatedMark);
};
