import type { Check } from '../model/check.js';
import type { Finding } from '../model/finding.js';
import { titleOf } from '../model/manifest.js';
import { type ImageParts, imageParts } from './image/parts.js';
import { errorIn, type Fault } from './pod/fault.js';
import { type PodTemplate, templatesIn, volumesOf } from './pod/template.js';
import { named, recordOf } from './reference/lenient.js';

const check: Check = {
  summary:
    'Every image is pinned by a tag that is a version or by a digest, and runs in one version.',
  run: ({ manifests }) => {
    const uses = templatesIn(named(manifests)).flatMap(usesOf);
    const firsts = new Map<string, Use>();
    return uses.flatMap((use) => {
      const parts = imageParts(use.image);
      const fault = parts ? (unpinned(parts) ?? another(parts, use, firsts)) : malformed;
      return [
        ...(fault ? [errorAt(use, { path: use.path, value: use.image, ...fault })] : []),
        ...neverPulled(use),
      ];
    });
  },
};

export default check;

interface Use {
  readonly template: PodTemplate;
  readonly image: unknown;
  readonly path: string;
  readonly pullPolicy?: unknown;
}

type Wrong = Omit<Fault, 'path' | 'value'>;

const errorAt = ({ template }: Use, fault: Fault): Omit<Finding, 'check'> =>
  errorIn(template.manifest, fault);

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

const malformed: Wrong = {
  message: 'This is no reference to an image.',
  remedy: 'Write it as registry/repository:version, and @sha256:… behind it to pin the digest.',
};

const unpinned = ({ repository, tag, digest }: ImageParts): Wrong | undefined => {
  if (digest !== undefined || isVersion(tag)) return undefined;
  return {
    message:
      tag === undefined
        ? 'The image has neither a tag nor a digest.'
        : `The tag '${tag}' is no version.`,
    why: 'What it names changes without a change here, and two nodes may run different programs.',
    remedy: `Name a version of ${repository}, or its digest.`,
  };
};

// Two numbers and more after a `v` or a dash, a date, or a commit: a single number moves with every
// release below it.
const isVersion = (tag: string | undefined): boolean =>
  tag !== undefined && /(?:^|[-_])v?\d+\.\d+|\d{4}-?\d{2}-?\d{2}|^[0-9a-f]{40}$/.test(tag);

/** Whether another container runs the same repository in another version. */
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
  // One with its digest beside the tag, one without: the same version, but of the one it is proven.
  if (tag === version.tag && (digest === undefined || version.digest === undefined)) {
    return {
      message: `${titleOf(object)} runs the same version ${digest ? 'by its digest' : 'without a digest'}.`,
      remedy: 'Write the image alike in both places.',
    };
  }
  return {
    message: `${titleOf(object)} runs another version of it.`,
    why: `There it is ${first.image}.`,
    remedy: 'Run one version of an image in an environment.',
  };
};

const neverPulled = (use: Use): Omit<Finding, 'check'>[] =>
  use.pullPolicy === 'Never'
    ? [
        errorAt(use, {
          path: use.path.replace(/image$/, 'imagePullPolicy'),
          message: 'The image is never pulled.',
          value: 'Never',
          why: 'A node that has not got it already cannot start the pod.',
          remedy: 'Say IfNotPresent.',
        }),
      ]
    : [];
