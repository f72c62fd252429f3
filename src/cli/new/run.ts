import { applicationFields } from '../../applications/declared/schema.js';
import { type Runtime, UsageError } from '../command.js';
import { isClone, requireProject } from '../project.js';
import { writeNewFiles } from '../write-files.js';
import { type Kind, newFiles, nextStep } from './files.js';
import { cloneLibrary, packageLibrary } from './library.js';

/** Writes the files of something new into the project, and overwrites none. */
export const runNew = (kind: Kind, name: string, { shipped }: Pick<Runtime, 'shipped'>): void => {
  if (kind === 'application' && !applicationFields.name.safeParse(name).success) {
    throw new UsageError(
      `An application cannot be named '${name}': use at most 30 lower-case letters, digits and dashes.`,
    );
  }
  if (kind !== 'environment') requireProject();
  const files = newFiles(kind, name, isClone(shipped) ? cloneLibrary : packageLibrary);
  const taken = writeNewFiles('.', files);
  if (taken.length > 0) {
    throw new UsageError(
      `${taken.join(', ')} ${taken.length > 1 ? 'exist' : 'exists'} already. Nothing was written: choose another name.`,
    );
  }
  process.stdout.write(`${Object.keys(files).join('\n')}\n`);
  process.stderr.write(`${nextStep(kind, name)}\n`);
};
