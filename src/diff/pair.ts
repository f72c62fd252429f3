import type { KubernetesObject } from '../model/manifest.js';

/** An object that differs; before or after the change, it may not exist. */
export interface Pair {
  readonly title: string;
  readonly kind: string;
  readonly before?: KubernetesObject;
  readonly after?: KubernetesObject;
}
