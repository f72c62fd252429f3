import type { Meant } from '../model/content.js';

/** An alert or a dashboard that an environment does not have. */
export interface Omission {
  readonly kind: 'alert' | 'recording rule' | 'dashboard';
  readonly name: string;
  readonly reason: string;
  /** The jobs or metrics that are surely meant, by the misspelt ones. @default - none is misspelt */
  readonly meant?: Meant;
  /** The jobs here that have the metrics, if the queries select others. @default - no job has them */
  readonly heldBy?: readonly string[];
  /** Of an alert about absent series: the jobs or metrics that the environment lacks. @default - another alert */
  readonly absent?: readonly string[];
  /** The rule file of others that has it. @default - it is in another file */
  readonly file?: string;
}

/** An alert that an environment evaluates. */
export interface SelectedAlert {
  readonly alert: string;
  readonly severity: string;
  /** A URL, or a path in the repository. @default - it has no runbook */
  readonly runbook?: string;
}
