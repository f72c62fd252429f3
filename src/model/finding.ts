export type Severity = 'error' | 'warning';

/** Where a finding is: as much of it as is known. */
export interface Place {
  /** The environment in which it was found. */
  readonly environment?: string;
  /** A file, relative to the working directory where it lies below it. */
  readonly file?: string;
  /** 1-based. */
  readonly line?: number;
  /** 1-based. */
  readonly column?: number;
  /** A path inside the configuration or the object, such as `prometheus.retention`. */
  readonly path?: string;
  /** `Kind namespace/name` of an object. */
  readonly object?: string;
  /** The construct that made the object. */
  readonly construct?: string;
}

/** Something that is wrong, where it is, and what mends it. */
export interface Finding {
  /** The check that found it: the name of its file, or `config`, `connections`, `content`. */
  readonly check: string;
  readonly severity: Severity;
  readonly place: Place;
  /** What is wrong, as a sentence without its place. */
  readonly message: string;
  readonly value?: unknown;
  /** Why it matters, where the message does not say it. */
  readonly why?: string;
  /** What mends it. */
  readonly remedy: string;
  /** The nearest thing that would have been right. */
  readonly suggestion?: string;
}

/** Whether anything among the findings forbids publishing. */
export const hasError = (findings: readonly Finding[]): boolean =>
  findings.some((finding) => finding.severity === 'error');
