import { createRequire } from 'node:module';
import type { k8s } from 'cdk8s-plus-28';

/**
 * The objects of the Kubernetes API, without the rest of their package. They are not imported: Node.js
 * would first read the 2.7 MB for the names of the exports, which takes as long as loading them.
 */
export const api: typeof k8s = createRequire(import.meta.url)('cdk8s-plus-28/lib/imports/k8s');

/** A quantity such as `64Mi`. Throws if the text is missing, which projects can do that do not check types. */
export const quantity = (text: string, of: string): k8s.Quantity => {
  if (typeof text !== 'string') throw new Error(`${of} must be a quantity such as '64Mi'.`);
  return api.Quantity.fromString(text);
};
