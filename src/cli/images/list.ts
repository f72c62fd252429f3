import { lockFile, readLock } from '../../images/lock.js';
import { report } from '../../output/report.js';
import type { Runtime } from '../command.js';
import { usedImages } from './used.js';

interface Options {
  readonly environment?: readonly string[];
  readonly json?: true;
}

/** Lists the images; returns whether the project and the lock file have no errors. */
export const listImages = async (
  { environment, json }: Options,
  runtime: Runtime,
): Promise<boolean> => {
  const used = await usedImages(runtime, environment);
  if (!used) return false;
  const { lock = {}, findings } = readLock(lockFile);
  if (findings.length > 0) {
    process.stderr.write(report(findings));
    return false;
  }
  const withDigests = used.map((one) => ({
    ...one,
    ...(lock[one.image] && { digest: lock[one.image] }),
  }));
  const text = json ? JSON.stringify(withDigests) : withDigests.map(lineOf).join('\n');
  process.stdout.write(`${text}\n`);
  return true;
};

const lineOf = ({ image, digest, origin }: { image: string; digest?: string; origin?: string }) =>
  `${image}${digest ? `@${digest}` : ''}${origin ? `\t${origin}` : ''}`;
