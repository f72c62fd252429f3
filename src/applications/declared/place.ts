import type { Place } from '../../model/finding.js';
import type { DeclaredApplication } from './application.js';

/** The place of an option of an application, by its path in the declaration. */
export const placeIn = (
  { declaredAt: { file, path } }: Pick<DeclaredApplication, 'declaredAt'>,
  option: string,
): Place => ({ file, path: [path, option].filter(Boolean).join('.') });
