import type { Span } from './expression.js';

/** Something for which Prometheus would refuse an expression. */
export interface Fault extends Span {
  /** A sentence. */
  readonly message: string;
  /** What would have been right, where it is known. */
  readonly suggestion?: string;
}

/** Takes note of a fault. */
export type Report = (span: Span, message: string, suggestion?: string) => void;
