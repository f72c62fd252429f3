import { readdirSync } from 'node:fs';

/** The names of the files of a folder, and of links; folders in it have a finding of their own. */
export const filesIn = (folder: string): string[] =>
  readdirSync(folder, { withFileTypes: true })
    .filter((entry) => !entry.isDirectory())
    .map(({ name }) => name);
