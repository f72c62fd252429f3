import type { Finding } from '../../model/finding.js';
import { type Manifest, titleOf } from '../../model/manifest.js';

/** What is wrong with an object, where in it, and what mends it. */
export interface Fault extends Omit<Finding, 'check' | 'severity' | 'place'> {
  readonly path: string;
}

/** A fault as an error of the object. */
export const errorIn = (
  { object, construct }: Manifest,
  { path, ...fault }: Fault,
): Omit<Finding, 'check'> => ({
  severity: 'error',
  place: { object: titleOf(object), construct, path },
  ...fault,
});
