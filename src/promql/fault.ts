import type { Span } from './expression.js';

/** A fault for which Prometheus would reject an expression. */
export interface Fault extends Span {
  /** A sentence. */
  readonly message: string;
  /** The correct text, if it is known. */
  readonly suggestion?: string;
}

/** Records a fault. */
export type Report = (span: Span, message: string, suggestion?: string) => void;
