import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { filesIn } from './files-in.js';

/** A file with objects of Sealed Secrets. */
export interface SealedFile {
  /** Relative to the working directory. */
  readonly file: string;
  readonly text: string;
}

/** The YAML and JSON files of a folder; none if it does not exist. */
export const readSealedFiles = (folder: string): SealedFile[] => {
  try {
    return filesIn(folder)
      .filter((name) => /\.(ya?ml|json)$/.test(name))
      .sort()
      .map((name) => {
        const file = join(folder, name);
        return { file, text: readFileSync(file, 'utf8') };
      });
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ENOENT') return [];
    throw error;
  }
};
