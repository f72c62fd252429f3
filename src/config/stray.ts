import { readdirSync } from 'node:fs';
import { join, relative } from 'node:path';
import type { Finding } from '../model/finding.js';

/** What lies in a folder of modules and nobody reads there; `beside` are the endings of what is read beside modules. */
export const strays = (folder: string, check: string, beside: readonly string[] = []): Finding[] =>
  entriesOf(folder).flatMap(({ name, isFolder }): Finding[] => {
    // What an editor or the system leaves behind is nobody's mistake.
    if (/^\.|~$/.test(name) || name === 'README.md') return [];
    if (!isFolder && (/\.[jt]s$/.test(name) || beside.some((one) => name.endsWith(one)))) return [];
    return [
      {
        check,
        severity: 'error',
        place: { file: relative(process.cwd(), join(folder, name)) },
        message: isFolder ? 'Nobody looks into a folder here.' : 'Nobody reads such a file here.',
        value: name,
        remedy: isFolder
          ? 'Move its files up into this folder, or elsewhere what others import from it.'
          : `Give it one of the endings that are read here, ${['.ts', ...beside].join(', ')}, or move it elsewhere.`,
        ...suggestionFor(name, isFolder, beside),
      },
    ];
  });

const suggestionFor = (
  name: string,
  isFolder: boolean,
  beside: readonly string[],
): Pick<Finding, 'suggestion'> => {
  if (isFolder) return {};
  const meant = name.replace(/\.[cm]?[jt]sx?$/, '.ts').replace(/(\.test)?\.ya?ml$/, '.test.yaml');
  const isRead = ['.ts', ...beside].some((one) => meant.endsWith(one));
  return meant !== name && isRead ? { suggestion: meant } : {};
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
