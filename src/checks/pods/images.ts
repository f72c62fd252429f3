import { defineCheck } from '../../model/check.js';
import { type ImageParts, imageParts } from '../../model/image-reference.js';
import { titleOf } from '../../model/manifest.js';
import { faultIn } from '../support/pod/fault.js';
import { type PodTemplate, templatesIn, volumesOf } from '../support/pod/template.js';
import { named, recordOf } from '../support/untyped.js';
import { faults, type ImagesFault, type Result } from './images/faults.js';

const check = defineCheck({
  faults,
  summary:
    'Every image is pinned by a version tag or a digest, is used in one version, and has the version in the labels of its workload.',
  run: ({ manifests, imagesLocked }) => {
    const templates = templatesIn(named(manifests));
    const uses = templates.flatMap(usesOf);
    const firsts = new Map<string, Use>();
    const images = uses.flatMap((use) => {
      const parts = imageParts(use.image);
      const fault: Wrong | false | undefined = parts
        ? (unpinned(parts) ??
          another(parts, use, firsts) ??
          (imagesLocked && unlocked(parts, use, firsts)))
        : { fault: 'invalid-reference' };
      return [
        ...(fault ? [errorAt(use, { path: use.path, value: use.image, ...fault })] : []),
        ...neverPulled(use),
      ];
    });
    return [...images, ...templates.flatMap(staleLabels)];
  },
});

export default check;

interface Use {
  readonly template: PodTemplate;
  readonly image: unknown;
  readonly path: string;
  readonly pullPolicy?: unknown;
}

type Wrong = Omit<ImagesFault, 'path' | 'value'>;

const errorAt = ({ template }: Use, fault: ImagesFault): Result =>
  faultIn(template.manifest, fault);

const usesOf = (template: PodTemplate): Use[] => [
  ...template.containers.map(({ container, path }) => ({
    template,
    image: container.image,
    path: `${path}.image`,
    pullPolicy: container.imagePullPolicy,
  })),
  ...volumesOf(template).flatMap(({ volume, path }) =>
    volume.image
      ? [{ template, image: recordOf(volume.image).reference, path: `${path}.image.reference` }]
      : [],
  ),
];

const unpinned = ({ repository, tag, digest }: ImageParts): Wrong | undefined => {
  if (digest !== undefined || isVersion(tag)) return undefined;
  return {
    fault: 'unpinned',
    message:
      tag === undefined
        ? 'The image has neither a tag nor a digest.'
        : `The tag '${tag}' is not a version.`,
    remedy: `Use a version of ${repository} as the tag, or its digest.`,
  };
};

// A version has at least two numbers, or is a date or a commit. A tag with a single number moves with
// every minor release.
const isVersion = (tag: string | undefined): boolean =>
  tag !== undefined && /(?:^|[-_])v?\d+\.\d+|\d{4}-?\d{2}-?\d{2}|^[0-9a-f]{40}$/.test(tag);

/** Reports an image if another container uses another version of it. */
const another = (
  { repository, ...version }: ImageParts,
  use: Use,
  firsts: Map<string, Use>,
): Wrong | undefined => {
  const first = firsts.get(repository);
  if (!first) firsts.set(repository, use);
  if (!first || first.image === use.image) return undefined;
  const { object } = first.template.manifest;
  const { tag, digest } = imageParts(first.image) ?? { tag: undefined, digest: undefined };
  // The tags are equal, but only one image has a digest.
  if (tag === version.tag && (digest === undefined || version.digest === undefined)) {
    return {
      fault: 'pinned-differently',
      message: `${titleOf(object)} uses the same version ${digest ? 'with a digest' : 'without a digest'}.`,
    };
  }
  return {
    fault: 'other-version',
    message: `${titleOf(object)} uses another version of this image: ${first.image}.`,
  };
};

/** Reports an image without a digest once, if the project has a lock file. */
const unlocked = (
  { repository, digest }: ImageParts,
  use: Use,
  firsts: Map<string, Use>,
): Wrong | undefined =>
  digest === undefined && firsts.get(repository) === use ? { fault: 'not-locked' } : undefined;

const neverPulled = (use: Use): Result[] =>
  use.pullPolicy === 'Never'
    ? [
        errorAt(use, {
          path: use.path.replace(/image$/, 'imagePullPolicy'),
          fault: 'never-pulled',
          value: 'Never',
        }),
      ]
    : [];

const versionLabel = 'app.kubernetes.io/version';

/** Version labels that match no image, for example after a patch that changes only the image. */
const staleLabels = ({ manifest, labels, path, containers }: PodTemplate): Result[] => {
  const tags = containers.map(({ container }) => imageParts(container.image)?.tag);
  // A digest, or a tag that is no version, does not state the version.
  const versions = tags.map((tag = '') => /\d+\.\d+\.\d+/.exec(tag)?.[0]);
  if (versions.includes(undefined)) return [];
  const stated = [
    ['metadata.labels', recordOf(manifest.object.metadata.labels)],
    [path.replace(/spec$/, 'metadata.labels'), labels],
  ] as const;
  return stated.flatMap(([at, { [versionLabel]: version }]) =>
    version === undefined || versions.includes(`${version}`)
      ? []
      : [
          faultIn(manifest, {
            path: `${at}['${versionLabel}']`,
            fault: 'stale-version-label' as const,
            value: version,
            why: `The tags of the images are ${tags.join(', ')}.`,
          }),
        ],
  );
};
