import type { PodSecurityFault } from './faults.js';

/** The Pod Security levels, the most permissive first. */
export const levels = ['privileged', 'baseline', 'restricted'] as const;

export type Level = (typeof levels)[number];

/** A violation of a rule by a pod. */
export interface Violation extends PodSecurityFault {
  /** The most permissive level that forbids it; undefined if only our own rules forbid it. */
  readonly level?: Level;
  /** Name of the exception that allows it. @default - no exception exists */
  readonly exception?: string;
}
