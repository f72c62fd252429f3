import { existsSync, realpathSync } from 'node:fs';
import { relative } from 'node:path';
import { fileURLToPath } from 'node:url';
import { sourceFolder } from '../model/source-folder.js';

/**
 * The place in a user's file where an error was thrown: the innermost one that is neither in the library
 * nor in a package. Undefined if no user's file is in the stack.
 */
export const originOf = (error: unknown): { file: string; line: number } | undefined => {
  const text = error instanceof Error ? `${error.message}\n${error.stack}` : '';
  const origin = [...text.matchAll(/(?:^|[\s(])(file:\/\/)?(\/[^\n():]+):(\d+)/gm)]
    .map(([, url, file, line]) => ({
      file: url ? fileURLToPath(`${url}${file}`) : file!,
      line: Number(line),
    }))
    .find(({ file }) => !file.startsWith(library) && file !== entry && !isInPackage(file));
  return origin && { ...origin, file: relative(process.cwd(), origin.file) };
};

const library = fileURLToPath(sourceFolder);

// The script that starts the process; npx starts it by a link.
const entry = process.argv[1] && existsSync(process.argv[1]) ? realpathSync(process.argv[1]) : '';

const isInPackage = (file: string): boolean => file.includes('/node_modules/');
