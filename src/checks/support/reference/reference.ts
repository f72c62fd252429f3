import { recordOf } from '../untyped.js';

/** A reference from one object to another object, or to another field of the same object. */
export interface Reference {
  /** The path of the reference in the object. */
  readonly path: string;
  readonly kind: string;
  /** Undefined for cluster-scoped objects. */
  readonly namespace?: string;
  /** For pods, labels that they all have, as `selectorText` writes them. */
  readonly name: string;
  /** A key of a ConfigMap or a Secret, or a port of a Service or of pods. */
  readonly key?: string;
  /** Allowed names of a part of the object itself, such as a volume. */
  readonly among?: readonly string[];
  /** The source of the name, if it is not in the object. */
  readonly why?: string;
}

/** Labels in the syntax of `kubectl --selector`, sorted. */
export const selectorText = (labels: unknown): string =>
  Object.entries(recordOf(labels))
    .map(([key, value]) => `${key}=${value}`)
    .sort()
    .join(',');
