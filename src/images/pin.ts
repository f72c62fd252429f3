import type { KubernetesObject, Manifest } from '../model/manifest.js';
import { podTemplateIn, withPodTemplate } from '../model/pod-template.js';
import type { ImageLock } from './lock.js';

/** Adds the locked digests to the images of pods; an image that already has one keeps it. */
export const pinImages = (manifests: readonly Manifest[], lock: ImageLock): Manifest[] =>
  manifests.map((manifest) => {
    const object = pinned(manifest.object, lock);
    return object === manifest.object ? manifest : { ...manifest, object };
  });

const pinned = (object: KubernetesObject, lock: ImageLock): KubernetesObject => {
  const template = podTemplateIn(object);
  if (!template?.spec?.containers) return object;
  const { containers, initContainers, volumes } = template.spec;
  // biome-ignore lint/suspicious/noExplicitAny: a container as it ships
  const withDigest = (one: any, field: string) => {
    const digest = Object.hasOwn(lock, one?.[field]) ? lock[one[field]] : undefined;
    return digest ? { ...one, [field]: `${one[field]}@${digest}` } : one;
  };
  // biome-ignore lint/suspicious/noExplicitAny: a volume as it ships
  const withImage = (volume: any) =>
    volume?.image ? { ...volume, image: withDigest(volume.image, 'reference') } : volume;
  const all = (list: unknown[] | undefined, change: (one: unknown) => unknown) =>
    list?.map?.(change);
  const spec = {
    ...template.spec,
    containers: all(containers, (one) => withDigest(one, 'image')),
    ...(initContainers && {
      initContainers: all(initContainers, (one) => withDigest(one, 'image')),
    }),
    ...(volumes && { volumes: all(volumes, withImage) }),
  };
  return withPodTemplate(object, { ...template, spec });
};

/** The image references in the manifests, sorted. */
export const imagesIn = (manifests: readonly Manifest[]): string[] => {
  const found = manifests.flatMap(({ object }) => {
    const spec = podTemplateIn(object)?.spec ?? {};
    const { containers = [], initContainers = [], volumes = [] } = spec;
    return [
      // biome-ignore lint/suspicious/noExplicitAny: a container as it ships
      ...[...containers, ...initContainers].map((one: any) => one?.image),
      // biome-ignore lint/suspicious/noExplicitAny: a volume as it ships
      ...volumes.map((one: any) => one?.image?.reference),
    ];
  });
  return [...new Set(found.filter((one): one is string => typeof one === 'string'))].sort();
};
