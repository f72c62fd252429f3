import { readdirSync, readFileSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { unreadable } from '../unreadable.js';
import type { Left } from './left.js';
import { ofFileName } from './of-logs.js';
import type { Source } from './plan.js';

/** The files of paths, and of folders with their subfolders. */
export const sourcesOf = (
  paths: readonly string[],
): { readonly sources: readonly Source[]; readonly left: readonly Left[] } => {
  const files = [...new Set(paths.flatMap(filesOf))];
  const [read, other] = [true, false].map((isRead) =>
    files.filter((file) => extension.test(file) === isRead),
  );
  const texts = read!.map((file) => ({ file, text: textOf(file) }));
  return {
    sources: texts.flatMap(({ file, text }) => (text === undefined ? [] : [{ file, text }])),
    left: [
      ...texts.flatMap(({ file, text }) =>
        text === undefined ? [{ file, what: 'the file', reason: 'It cannot be read.' }] : [],
      ),
      ...other!.map((file) => {
        const { name: what, reason } = ofFileName(file) ?? {
          name: 'the file',
          reason: 'Only files with the extension .json, .yaml, .yml or .tmpl are read.',
        };
        return { file, what, reason };
      }),
    ],
  };
};

const extension = /\.(json|ya?ml|tmpl)$/;

/** A broken link has no text. */
const textOf = (file: string): string | undefined => {
  try {
    return readFileSync(file, 'utf8');
  } catch {
    return undefined;
  }
};

const filesOf = (path: string): string[] => {
  try {
    if (!statSync(path).isDirectory()) return [path];
  } catch (error) {
    throw unreadable(path, error);
  }
  return readdirSync(path, { withFileTypes: true })
    .filter(({ name }) => !name.startsWith('.') && name !== 'node_modules')
    .sort((a, b) => a.name.localeCompare(b.name, 'en'))
    .flatMap((entry) => {
      const inside = join(path, entry.name);
      return entry.isDirectory() ? filesOf(inside) : [inside];
    });
};
