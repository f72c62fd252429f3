import { readdirSync } from 'node:fs';
import { join, relative } from 'node:path';
import type { Finding } from '../model/finding.js';
import { moduleFinding } from './faults.js';

/** Files and folders that nothing reads; `beside` lists the extensions that are read besides those of `modules`. */
export const strayFiles = (
  folder: string,
  check: string,
  beside: readonly string[] = [],
  modules: readonly string[] = ['.ts', '.js'],
): Finding[] =>
  entriesOf(folder).flatMap(({ name, isFolder }): Finding[] => {
    // Files that an editor or the operating system creates are ignored.
    if (/^\.|~$/.test(name) || name === 'README.md') return [];
    if (!isFolder && [...modules, ...beside].some((one) => name.endsWith(one))) return [];
    const read = [...modules.slice(0, 1), ...beside];
    return [
      moduleFinding(check, {
        fault: 'unread-file',
        place: { file: relative(process.cwd(), join(folder, name)) },
        message: isFolder ? 'Folders are not read here.' : 'Files of this kind are not read here.',
        value: name,
        remedy: isFolder
          ? 'Move its files into this folder, or move the folder to another place.'
          : `${read.length > 1 ? `Use one of the extensions ${read.join(', ')}` : `Write it in TypeScript: ${name.replace(/\.[^.]*$/, '')}${read[0]}`}, or move the file to another folder.`,
        ...suggestionFor(name, isFolder, read),
      }),
    ];
  });

const suggestionFor = (
  name: string,
  isFolder: boolean,
  read: readonly string[],
): Pick<Finding, 'suggestion'> => {
  if (isFolder) return {};
  const renamed = name.replace(/\.[cm]?[jt]sx?$/, '.ts');
  const isRead = read.some((one) => renamed.endsWith(one));
  return renamed !== name && isRead ? { suggestion: renamed } : {};
};

const entriesOf = (folder: string): { readonly name: string; readonly isFolder: boolean }[] => {
  try {
    return readdirSync(folder, { withFileTypes: true })
      .map((entry) => ({ name: entry.name, isFolder: entry.isDirectory() }))
      .sort((a, b) => (a.name < b.name ? -1 : 1));
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ENOENT') return [];
    throw error;
  }
};
