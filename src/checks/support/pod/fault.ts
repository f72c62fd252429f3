import type { FoundFault } from '../../../model/fault.js';
import { type Manifest, titleOf } from '../../../model/manifest.js';

/** A fault of an object, and its path in the object. */
export interface ObjectFault<Fault extends string = string>
  extends Omit<FoundFault<Fault>, 'place'> {
  readonly path: string;
}

/** Adds the place of the object to a fault. */
export const faultIn = <Fault extends string>(
  { object, construct }: Manifest,
  { path, ...found }: ObjectFault<Fault>,
): FoundFault<Fault> => ({
  place: { object: titleOf(object), construct, path },
  ...found,
});
