import type { DeclaredMetric } from '../../model/offer.js';
import type { Period } from './window.js';

/** The metrics of a scrape job by their names; undefined if they are unknown. */
export type MetricsOf = (job: string) => Readonly<Record<string, DeclaredMetric>> | undefined;

/** The finite bounds of a histogram of a scrape job, in the unit of its name; undefined if they are unknown. */
export type BoundsOf = (job: string, histogram: string) => readonly number[] | undefined;

/** What objectives are about. */
export interface ObjectiveSubject {
  /** The name of the application, in the label `service`. */
  readonly application: string;
  readonly namespace: string;
  /** The label `job` of the series that Prometheus scrapes from it. */
  readonly job: string;
  /** Matchers besides that of the job, such as `namespace="shop"`. @default - none */
  readonly matchers?: string;
  /** The resource attribute `service.name` of its spans. @default - the name of the application */
  readonly spanService?: string;
  /** Matchers of `probe_success` for its pages. @default - the label `service` is the name of the application */
  readonly probes?: string;
  /** Its metrics by their names, if it declares them. @default - unknown */
  readonly metrics?: Readonly<Record<string, DeclaredMetric>>;
  /** The metrics of another scrape job. @default - unknown */
  readonly metricsOf?: MetricsOf;
  /** The finite bounds of a histogram of another scrape job. @default - unknown */
  readonly boundsOf?: BoundsOf;
}

export interface ObjectiveSettings {
  /** The period of objectives without one: `periodFor` of the retention. */
  readonly period: Period;
  /** How often the application is scraped, in seconds. @default 30 */
  readonly scrapeSeconds?: number;
}
