import { createRequire } from 'node:module';

const { k8s }: typeof import('cdk8s-plus-28') = createRequire(import.meta.url)('cdk8s-plus-28');

/**
 * The objects of the Kubernetes API. They are not imported: Node.js would first read the 2.7 MB of
 * their package for the names of its exports, which takes as long as loading it.
 */
export const api = k8s;
