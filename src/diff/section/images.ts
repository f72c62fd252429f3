import type { KubernetesObject } from '../../model/manifest.js';
import { type Change, kindOf } from '../change.js';
import type { Comparison } from '../comparison.js';
import { containersOf } from '../pods.js';

/** Images that are added, removed or replaced by another version. */
export const images = ({ workloads }: Comparison): Change[] => {
  const [before, after] = [imagesOf(workloads.before), imagesOf(workloads.after)];
  return [...new Set([...before.keys(), ...after.keys()])].sort().flatMap((name): Change[] => {
    const [old, fresh] = [before.get(name), after.get(name)];
    if (old === fresh) return [];
    return [
      {
        section: 'images',
        kind: kindOf(old, fresh),
        subject: name,
        details: [
          {
            what: 'version',
            ...(old !== undefined && { before: old }),
            ...(fresh !== undefined && { after: fresh }),
          },
        ],
      },
    ];
  });
};

/** The tags and digests of each image, by its name without these. */
const imagesOf = (workloads: readonly KubernetesObject[]): Map<string, string> => {
  const versions = new Map<string, Set<string>>();
  for (const { image } of workloads.flatMap(containersOf)) {
    const [, name = `${image}`, version = ''] =
      /^(.+?)((?::[\w.-]+)?(?:@.+)?)$/.exec(`${image}`) ?? [];
    versions.set(name, (versions.get(name) ?? new Set()).add(version.replace(/^:/, '')));
  }
  return new Map([...versions].map(([name, all]) => [name, [...all].sort().join(', ')]));
};
