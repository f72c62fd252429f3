import type { Span } from './expression.js';

/** A fault for which Prometheus would reject an expression. */
export interface Fault extends Span {
  /** A sentence. */
  readonly message: string;
  /** The correct text, if it is known. */
  readonly suggestion?: string;
  /** Whether Grafana sends the text as it is, so that Prometheus accepts it. @default false */
  readonly harmless?: true;
}

/** Records a fault. */
export type Report = (span: Span, message: string, suggestion?: string) => void;
