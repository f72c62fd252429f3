import { lockFile, readLock } from '../../images/lock.js';
import { report } from '../../output/report.js';
import { type Runtime, UsageError } from '../command.js';
import { lockable, resolveDigests } from './resolve.js';
import { usedImages } from './used.js';

/** Compares the lock file with the registries; returns whether they agree. */
export const verifyImages = async (runtime: Runtime): Promise<boolean> => {
  const { lock, findings } = readLock(lockFile);
  if (findings.length > 0) {
    process.stderr.write(report(findings));
    return false;
  }
  if (!lock) throw new UsageError(`There is no ${lockFile}. Write it with: crowsnest images lock`);
  const used = await usedImages(runtime);
  if (!used) return false;
  const locked = lockable(used).filter(({ image }) => Object.hasOwn(lock, image));
  const missing = lockable(used).filter(({ image }) => !Object.hasOwn(lock, image));
  const { digests, failures } = await resolveDigests(locked);
  const moved = Object.entries(digests)
    .filter(([image, digest]) => digest !== lock[image])
    .map(([image, digest]) => `${image} is now ${digest}, and was ${lock[image]}.`);
  const problems = [
    ...failures,
    ...moved,
    ...missing.map(({ image }) => `${image} is not in ${lockFile}.`),
  ];
  const agree = `${locked.length - moved.length} of ${locked.length + missing.length} images are as in ${lockFile}.`;
  process.stderr.write(`${[...problems, agree].join('\n')}\n`);
  return problems.length === 0;
};
