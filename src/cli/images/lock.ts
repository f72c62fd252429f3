import { writeFileSync } from 'node:fs';
import { lockFile, lockText, readLock } from '../../images/lock.js';
import type { Runtime } from '../command.js';
import { lockable, resolveDigests } from './resolve.js';
import { usedImages } from './used.js';

/** Writes the lock file; returns false, and changes nothing, if a registry does not answer. */
export const lockImages = async (runtime: Runtime): Promise<boolean> => {
  const used = await usedImages(runtime);
  if (!used) return false;
  const { digests, failures } = await resolveDigests(lockable(used));
  if (failures.length > 0) {
    process.stderr.write(`${failures.join('\n')}\n\n${lockFile} was not written.\n`);
    return false;
  }
  const { lock = {} } = readLock(lockFile);
  const changes = Object.entries(digests).filter(([image, digest]) => lock[image] !== digest);
  writeFileSync(lockFile, lockText(digests));
  process.stderr.write(
    `${lockFile} has ${Object.keys(digests).length} images, ${changes.length} of them new or changed. Run crowsnest synth.\n`,
  );
  return true;
};
