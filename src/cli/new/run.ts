import { loadApplicationFiles } from '../../applications/declared/load.js';
import { applicationFields } from '../../applications/declared/schema.js';
import { loadEnvironments } from '../../load-environments.js';
import { type Runtime, UsageError } from '../command.js';
import { folders, isClone, requireProject } from '../project.js';
import { writeNewFiles } from '../write-files.js';
import type { AlertSubject } from './alert.js';
import { type Kind, newFiles, nextStep } from './files.js';
import { cloneLibrary, packageLibrary } from './library.js';

/** Writes the files of something new into the project, and overwrites none. */
export const runNew = async (
  kind: Kind,
  name: string,
  { shipped, load }: Pick<Runtime, 'shipped' | 'load'>,
): Promise<void> => {
  if (kind === 'application' && !applicationFields.name.safeParse(name).success) {
    throw new UsageError(
      `An application cannot be named '${name}': use at most 30 lower-case letters, digits and dashes.`,
    );
  }
  if (kind !== 'environment') requireProject();
  const subject = kind === 'alert' ? await applicationWith(name, load) : undefined;
  const library = isClone(shipped) ? cloneLibrary : packageLibrary;
  const files = newFiles(kind, name, library, subject);
  const taken = writeNewFiles('.', files);
  if (taken.length > 0) {
    throw new UsageError(
      `${taken.join(', ')} ${taken.length > 1 ? 'exist' : 'exists'} already. Nothing was written: choose another name.`,
    );
  }
  process.stdout.write(`${Object.keys(files).join('\n')}\n`);
  process.stderr.write(`${nextStep(kind, name)}\n`);
};

/** The scrape job of the application with this name, if the project declares one that has a metrics page. */
const applicationWith = async (
  name: string,
  load: Runtime['load'],
): Promise<AlertSubject | undefined> => {
  const [{ files }, { environments }] = await Promise.all([
    loadApplicationFiles(['.'], load),
    loadEnvironments(folders.environments, load, undefined),
  ]);
  const found = [
    ...files.map(({ application }) => application),
    ...environments.flatMap(({ applications = [] }) => applications),
  ].find((one) => typeof one !== 'string' && one.name === name && one.metrics !== undefined);
  return typeof found === 'object' ? { job: name, namespace: found.namespace } : undefined;
};
