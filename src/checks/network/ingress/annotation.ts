import { type Manifest, titleOf } from '../../../model/manifest.js';
import { recordOf } from '../../support/untyped.js';

/** The annotations of an object, as text. */
export const annotationsIn = ({ object }: Manifest): Readonly<Record<string, string>> =>
  Object.fromEntries(
    Object.entries(recordOf(object.metadata.annotations)).map(([key, value]) => [key, `${value}`]),
  );

/** The path of an annotation in its object. */
export const annotationAt = (key: string): string => `metadata.annotations['${key}']`;

export const placeAt = ({ object, construct }: Manifest, path: string) => ({
  object: titleOf(object),
  construct,
  path,
});
