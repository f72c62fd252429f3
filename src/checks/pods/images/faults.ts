import type { FaultKinds, FoundFault } from '../../../model/fault.js';
import type { ObjectFault } from '../../support/pod/fault.js';

export const faults = {
  'invalid-reference': {
    what: 'This is not a valid image reference.',
    why: 'The kubelet cannot pull it.',
    example: 'image: "prom/prometheus: v3"',
    fix: 'Write it as registry/repository:version, with @sha256:… to pin the digest.',
  },
  unpinned: {
    what: 'The image has neither a version as its tag nor a digest.',
    why: 'The image behind it can change without a change here, and two nodes may run different programs.',
    example: 'image: prom/prometheus:latest',
    fix: 'Use a tag that is a version, or a digest.',
  },
  'pinned-differently': {
    what: 'The same version of an image is used with a digest in one place and without in another.',
    why: 'Only the digest proves that both are the same image.',
    example: 'containers:\n  - image: nginx:1.27.1@sha256:…\n  - image: nginx:1.27.1',
    fix: 'Write the image in the same way in both places.',
  },
  'other-version': {
    what: 'Another container runs another version of this image.',
    why: 'An update of one of them is easily forgotten.',
    example: 'containers:\n  - image: nginx:1.27.1\n  - image: nginx:1.26.0',
    fix: 'Use one version of an image in an environment.',
  },
  'not-locked': {
    what: 'The image is not in images.lock.',
    why: 'Its tag can get another image, while the other images are pinned by digest.',
    example: 'image: registry.example.com/shop:1.2.3   # not in images.lock',
    fix: 'Run crowsnest images lock.',
    severity: 'warning',
  },
  'never-pulled': {
    what: 'The image is never pulled.',
    why: 'A node that does not have the image cannot start the pod.',
    example: 'imagePullPolicy: Never',
    fix: 'Set imagePullPolicy: IfNotPresent.',
  },
  'stale-version-label': {
    what: 'No container runs the version in the label app.kubernetes.io/version.',
    why: 'Dashboards and people read a wrong version.',
    example: 'labels: { app.kubernetes.io/version: 3.1.0 }\nimage: prom/prometheus:v3.2.0',
    fix: 'Set the label to the version of the image, or remove it.',
    severity: 'warning',
  },
} satisfies FaultKinds;

export type ImagesFault = ObjectFault<keyof typeof faults>;
export type Result = FoundFault<keyof typeof faults>;
