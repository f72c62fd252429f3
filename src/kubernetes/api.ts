import { createRequire } from 'node:module';

/**
 * The objects of the Kubernetes API, without the rest of their package. They are not imported: Node.js
 * would first read the 2.7 MB for the names of the exports, which takes as long as loading them.
 */
export const api: typeof import('cdk8s-plus-28').k8s = createRequire(import.meta.url)(
  'cdk8s-plus-28/lib/imports/k8s',
);
