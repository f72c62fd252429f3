export type Severity = 'error' | 'warning';

/** The place of a finding; unknown parts are not set. */
export interface Place {
  /** The environment. */
  readonly environment?: string;
  /** A file, relative to the working directory if it is inside it. */
  readonly file?: string;
  /** 1-based. */
  readonly line?: number;
  /** 1-based. */
  readonly column?: number;
  /** A path in the configuration or the object, such as `prometheus.retention`. */
  readonly path?: string;
  /** `Kind namespace/name` of an object. */
  readonly object?: string;
  /** The path of the construct that created the object. */
  readonly construct?: string;
}

/** A fault, its place, and its remedy. */
export interface Finding {
  /**
   * The check and the kind of fault, such as `endpoints/not-configured`. The check is the name of its
   * file, or `config`, `connections`, `content`, `checks`, `publish`.
   */
  readonly code: string;
  readonly severity: Severity;
  readonly place: Place;
  /** What is wrong, as a sentence without its place. */
  readonly message: string;
  readonly value?: unknown;
  /** Why it matters, if the message does not state it. */
  readonly why?: string;
  /** How to fix it. */
  readonly remedy: string;
  /** The most similar valid value. */
  readonly suggestion?: string;
  /** Other places with the same fault. @default - only at `place` */
  readonly others?: readonly Place[];
}

/** The check of a finding. */
export const checkOf = ({ code }: Pick<Finding, 'code'>): string => code.split('/')[0] ?? code;

/** Whether a finding prevents publishing. */
export const hasError = (findings: readonly Finding[]): boolean =>
  findings.some((finding) => finding.severity === 'error');
