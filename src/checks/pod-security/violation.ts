import type { Fault } from '../pod/fault.js';

/** A level of Pod Security, by what it allows: the first the most. */
export const levels = ['privileged', 'baseline', 'restricted'] as const;

export type Level = (typeof levels)[number];

/** What a pod does against a rule. */
export interface Violation extends Fault {
  /** The most permissive level that forbids it; none for what only the house rules forbid. */
  readonly level?: Level;
  /** Name of the exception by which an object may declare it. @default - there is none */
  readonly exception?: string;
}
