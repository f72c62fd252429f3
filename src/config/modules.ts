import { readdirSync, realpathSync } from 'node:fs';
import { join, relative } from 'node:path';
import { fileURLToPath } from 'node:url';
import type { Finding } from '../model/finding.js';
import { sourceFolder } from '../model/source-folder.js';
import { importModule, type LoadModule } from './import-module.js';

/** A file of a folder, and what it exports by default. */
export interface Module {
  /** Name of the file without its extension. */
  readonly name: string;
  /** Relative to the working directory. */
  readonly file: string;
  readonly value: unknown;
}

export interface Modules {
  readonly modules: readonly Module[];
  /** Files that could not be loaded, or export nothing by default. */
  readonly findings: readonly Finding[];
}

/** Loads every TypeScript or JavaScript file of a folder, in the order of their names. */
export const loadModules = async (
  folder: string,
  check: string,
  load: LoadModule = importModule,
): Promise<Modules> => {
  const loaded = await Promise.all(
    list(folder).map((entry) =>
      moduleOf(join(folder, entry), entry.replace(extension, ''), check, load),
    ),
  );
  const modules = loaded.flatMap((one) => ('name' in one ? one : []));
  const first = (one: Module): Module => modules.find(({ name }) => name === one.name)!;
  return {
    modules: modules.filter((one) => first(one) === one),
    findings: [
      ...loaded.flatMap((one) => ('name' in one ? [] : one)),
      ...modules
        .filter((one) => first(one) !== one)
        .map((one) => sameName(one, first(one).file, check)),
    ],
  };
};

/** The finding that two files define something of one name. */
export const sameName = ({ name, file }: Module, first: string, check: string): Finding => ({
  check,
  severity: 'error',
  place: { file },
  message: `${first} has the same name.`,
  value: name,
  remedy: 'Rename one of them: the name of the file is the name of what it defines.',
});

const extension = /\.[jt]s$/;

const list = (folder: string): string[] => {
  try {
    return readdirSync(folder)
      .filter((entry) => extension.test(entry) && !/^\.|\.(d|test)\.[jt]s$/.test(entry))
      .sort();
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ENOENT') return [];
    throw error;
  }
};

const moduleOf = async (
  path: string,
  name: string,
  check: string,
  load: LoadModule,
): Promise<Module | Finding> => {
  const file = relative(process.cwd(), path);
  try {
    const { default: value } = await load(path);
    if (value !== undefined) return { name, file, value };
    return {
      check,
      severity: 'error',
      place: { file },
      message: 'The file has no default export.',
      remedy: 'Export what it defines: export default …',
    };
  } catch (error) {
    const place = originOf(error, path) ?? { file };
    const subject = place.file === file ? 'The file' : file;
    return {
      check,
      severity: 'error',
      place,
      message: `${subject} cannot be loaded: ${messageOf(error)}`,
      remedy: 'Correct it there.',
    };
  }
};

/** An error's message in one line. */
const messageOf = (error: unknown): string =>
  (error instanceof Error ? error.message : String(error))
    // esbuild's, of which the place is told apart.
    .replace(/^Transform failed[\s\S]*? ERROR: /, '')
    .split('\n')
    .slice(0, 3)
    .join(' ')
    .trim();

/** The place in the file that an error comes from, or in what it imports. */
const originOf = (error: unknown, path: string): { file: string; line: number } | undefined => {
  const text = error instanceof Error ? `${error.message}\n${error.stack}` : '';
  const places = [...text.matchAll(/(?:^|[\s(])(file:\/\/)?(\/[^\n():]+):(\d+)/gm)]
    .map(([, url, file, line]) => ({
      file: url ? fileURLToPath(`${url}${file}`) : file!,
      line: Number(line),
    }))
    .filter(({ file }) => !file.startsWith(thisFile) && !file.includes('/node_modules/'));
  const origin = places.find(({ file }) => file === realpathSync(path)) ?? places[0];
  return origin && { ...origin, file: relative(process.cwd(), origin.file) };
};

// With the extension of what runs.
const thisFile = fileURLToPath(new URL('config/modules.', sourceFolder));
