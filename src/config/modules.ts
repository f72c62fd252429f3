import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { basename, join, relative } from 'node:path';
import { pathToFileURL } from 'node:url';
import type { Finding } from '../model/finding.js';
import { moduleFinding } from './faults.js';
import { originOf } from './origin.js';

/** Returns the exports of a file; rejects if the file cannot be loaded. */
export type LoadModule = (path: string) => Promise<{ readonly default?: unknown }>;

/** A file of a folder with its default export. */
export interface Module {
  /** Name of the file without its extension. */
  readonly name: string;
  /** Relative to the working directory. */
  readonly file: string;
  readonly value: unknown;
  /** The part of the file that has this name, such as `data['shop.json']`. @default - the name is that of the file */
  readonly part?: string;
}

export interface Modules {
  readonly modules: readonly Module[];
  /** Findings about files that cannot be loaded or have no default export. */
  readonly findings: readonly Finding[];
  /** Whether the folder has files that are not named. @default false */
  readonly others?: boolean;
}

/** Imports the file. */
export const importModule: LoadModule = (path) => import(pathToFileURL(path).href);

/** Loads the TypeScript and JavaScript files of a folder, or only the named ones, sorted by name. */
export const loadModules = async (
  folder: string,
  check: string,
  load: LoadModule = importModule,
  only?: readonly string[],
): Promise<Modules> => {
  const entries = list(folder).map((entry) => ({ entry, name: entry.replace(extension, '') }));
  const named = entries.filter(({ name }) => only?.includes(name) ?? true);
  const loaded = await Promise.all(
    named.map(({ entry, name }) => moduleOf(join(folder, entry), name, check, load)),
  );
  const modules = loaded.flatMap((one) => ('name' in one ? one : []));
  const first = (one: Module): Module => modules.find(({ name }) => name === one.name)!;
  return {
    ...(named.length < entries.length && { others: true }),
    modules: modules.filter((one) => first(one) === one),
    findings: [
      ...loaded.flatMap((one) => ('name' in one ? [] : one)),
      ...modules
        .filter((one) => first(one) !== one)
        .map((one) => sameName(one, first(one).file, check)),
    ],
  };
};

/** The finding that two files have the same name. */
export const sameName = (
  { name, file, part }: Pick<Module, 'name' | 'file' | 'part'>,
  first: string,
  check: string,
): Finding =>
  moduleFinding(check, {
    fault: 'duplicate-name',
    place: { file, ...(part && { path: part }) },
    message: `${first} has the same name.`,
    value: name,
    ...(part && { remedy: `Rename ${part} in this file, or rename the other file.` }),
  });

const extension = /\.[jt]s$/;

const list = (folder: string): string[] => {
  try {
    return readdirSync(folder, { withFileTypes: true })
      .filter((entry) => !entry.isDirectory())
      .map(({ name }) => name)
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
    return moduleFinding(check, { fault: 'no-default-export', place: { file } });
  } catch (error) {
    const place = missingImport(error, path) ?? originOf(error) ?? { file };
    const subject = place.file === file ? 'The file' : file;
    const absent = missingPackage(error);
    return moduleFinding(check, {
      fault: 'not-loadable',
      place,
      message: `${subject} cannot be loaded: ${messageOf(error)}`,
      ...(absent && { remedy: `Run npm install ${absent}, or correct the name.` }),
      ...(importsSources(error) && {
        remedy:
          "Import from 'crowsnest' in a repository of your own, and from its folder src in a clone of Crowsnest.",
      }),
    });
  }
};

/** Whether a file imports sources that do not exist, such as an example for a clone in a user's own repository. */
const importsSources = (error: unknown): boolean =>
  error instanceof Error && /^Cannot find module '[^']*\/src\/[^']*\.js'/.test(error.message);

/** The line that imports a file that does not exist; undefined if no line of the importing file has its name. */
const missingImport = (
  error: unknown,
  path: string,
): { readonly file: string; readonly line: number } | undefined => {
  const { message = '' } = error instanceof Error ? error : {};
  const [, target] = /^Cannot find (?:module|package) '([^']+)'/.exec(message) ?? [];
  if (target === undefined) return undefined;
  const [, by = path] = /(?: imported from |\nRequire stack:\n- )(\/[^\n']+)/.exec(message) ?? [];
  const importer = existsSync(by) ? by : path;
  // A relative name is in the message as it is, or as an absolute path.
  const end = target.startsWith('/') ? `/${basename(target)}` : target;
  const index = readFileSync(importer, 'utf8')
    .split('\n')
    .findIndex((one) => one.includes(`${end}'`) || one.includes(`${end}"`));
  return index < 0 ? undefined : { file: relative(process.cwd(), importer), line: index + 1 };
};

/** The name of the package that an import does not find. */
const missingPackage = (error: unknown): string | undefined =>
  error instanceof Error
    ? /^Cannot find (?:module|package) '((?:@[^/']+\/)?[^./'][^/']*)/.exec(error.message)?.[1]
    : undefined;

/** The message of an error in one line. */
const messageOf = (error: unknown): string =>
  (error instanceof Error ? error.message : String(error))
    // esbuild's message, whose place is reported separately.
    .replace(/^Transform failed[\s\S]*? ERROR: /, '')
    .replace(' is currently not supported with the "cjs" output format', ' is not supported')
    .replace(/\nRequire stack:[\s\S]*/, '')
    .split('\n')
    .slice(0, 3)
    .join(' ')
    .trim();
