import { checkProject } from '../../check-project.js';
import { imageReference } from '../../config/image.js';
import { configured } from '../../environment/configured.js';
import { imagesIn } from '../../images/pin.js';
import { hasError } from '../../model/finding.js';
import { arrange } from '../../output/arrange.js';
import { report } from '../../output/report.js';
import type { Runtime } from '../command.js';
import { projectOf } from '../project.js';

/** An image of the manifests. */
export interface UsedImage {
  /** As in the manifests, without a digest of the lock file. */
  readonly image: string;
  /** The image that a mirror copies. @default - `image` is in its own registry */
  readonly origin?: string;
}

/**
 * The images of the project, sorted; undefined if the project has errors, which are reported.
 */
export const usedImages = async (
  runtime: Runtime,
  environment?: readonly string[],
): Promise<UsedImage[] | undefined> => {
  const { stacks, findings } = await checkProject(
    { ...projectOf(runtime, { environment }), imagesLock: null },
    runtime.shipped,
  );
  if (hasError(findings)) {
    process.stderr.write(report(arrange(findings)));
    return undefined;
  }
  const all = new Map<string, UsedImage>();
  for (const { environment: one, manifests } of stacks) {
    const origins = new Map<string, string>();
    if (one.imageMirror !== undefined) {
      const declared = configured(one).flatMap(({ definition }) =>
        Object.values(definition.images),
      );
      for (const image of declared) {
        origins.set(imageReference(image, one.imageMirror), imageReference(image));
      }
    }
    for (const image of imagesIn(manifests)) {
      const origin = origins.get(image);
      all.set(image, { image, ...(origin && { origin }) });
    }
  }
  return [...all.values()].sort((a, b) => (a.image < b.image ? -1 : 1));
};
