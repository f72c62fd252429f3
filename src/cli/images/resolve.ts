import { imageParts } from '../../model/image-reference.js';
import { digestOf } from '../../registry/digest.js';
import type { UsedImage } from './used.js';

/** How many images are requested at a time. */
const parallel = 4;

/** What the registries say about the images, or why they do not. */
export interface Resolved {
  readonly digests: Readonly<Record<string, string>>;
  /** One sentence each. */
  readonly failures: readonly string[];
}

/** The images without a digest of their own. */
export const lockable = (used: readonly UsedImage[]): UsedImage[] =>
  used.filter(({ image }) => imageParts(image)?.digest === undefined);

/**
 * Requests the digests of images from their registries. An image in a mirror must be the same as at its
 * origin, unless the origin cannot be reached.
 */
export const resolveDigests = async (used: readonly UsedImage[]): Promise<Resolved> => {
  const digests: Record<string, string> = {};
  const failures: string[] = [];
  const queue = [...used];
  const work = async () => {
    for (let one = queue.shift(); one; one = queue.shift()) {
      progress(used.length - queue.length, used.length);
      try {
        digests[one.image] = await digestOf(one.image);
        const original = one.origin && (await digestOf(one.origin).catch(() => undefined));
        if (original && original !== digests[one.image]) {
          failures.push(
            `${one.image} is not the image of ${one.origin}: the mirror has ${digests[one.image]}, the origin ${original}. Copy it again.`,
          );
        }
      } catch (error) {
        failures.push(`${one.image}: ${(error as Error).message}`);
      }
    }
  };
  await Promise.all(Array.from({ length: parallel }, work));
  progress();
  return { digests, failures: failures.sort() };
};

/** Shows the progress on a terminal, and removes it at the end. */
const progress = (done?: number, total?: number): void => {
  if (!process.stderr.isTTY) return;
  const text = done === undefined ? '' : `Asking the registries: ${done} of ${total}`;
  process.stderr.write(`\r\u001b[K${text}`);
};
