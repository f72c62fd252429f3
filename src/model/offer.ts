import type { RelabelStep } from './scrape-job.js';

/**
 * What parties can offer each other, and how a consumer takes it: from `all` who offer it, from
 * exactly `one`, or from its `own` party only.
 */
export const capabilities = {
  /** A metrics page that Prometheus can scrape. */
  metrics: 'all',
  /** A metrics page that a job in Prometheus's own words asks for, by the name of the job. */
  'raw-metrics': 'all',
  /** Alertmanager's API for incoming alerts. */
  alerts: 'all',
  /** Prometheus's query API. */
  promql: 'one',
  /** An OTLP receiver for spans. */
  traces: 'one',
  /** A Prometheus remote-write receiver. */
  'remote-write': 'all',
  /** Anything that Grafana can query beside `promql`. */
  datasource: 'all',
  /** A page that tells whether the server works. */
  health: 'all',
  /** A page for people. */
  web: 'all',
  /** A gossip mesh of a party with itself. */
  peers: 'own',
  /** Sampling strategies for clients that send spans. */
  sampling: 'all',
  /** A prober: asks a page for others, and tells how it went as metrics. */
  probes: 'all',
  /** A database server. */
  database: 'all',
  /** A provider of logins. */
  identity: 'all',
  /** Name resolution. */
  dns: 'all',
  /** The Kubernetes API. */
  'kubernetes-api': 'all',
  /** Somewhere a notification can be sent. */
  notifications: 'all',
} as const;

/** A capability of the vocabulary, or one of a user's own, `x-…`, which is taken from all. */
export type Capability = keyof typeof capabilities | `x-${string}`;

interface Variant {
  /** Tells offers of one capability apart: a protocol, a type of data source. */
  readonly variant?: string;
}

/** What of a job's series is stored: all, what rules and dashboards ask for, or that and some patterns of names. */
export type Keep = 'all' | 'used' | { readonly also: readonly string[] };

export interface MetricsOffer extends Variant {
  readonly capability: 'metrics';
  readonly path: string;
  /** Value of the `job` label. @default - the party's name */
  readonly job?: string;
  /** A Prometheus duration. @default - the environment's */
  readonly interval?: string;
  /**
   * Whose the series are: of the target itself, of its node, or of the whole cluster. The target's
   * own pod and namespace, or its node, are no labels of what belongs to others.
   * @default 'itself'
   */
  readonly about?: 'itself' | 'node' | 'cluster';
  /** Labels of the series win over those of the target. @default false */
  readonly honorLabels?: boolean;
  /** How names are written that hold more than letters, digits and _. @default - as they are */
  readonly nameEscaping?: 'underscores';
  /** Steps over the labels of each sample. @default - none */
  readonly sampleRelabel?: readonly RelabelStep[];
  /** The server offers native histograms. @default false */
  readonly nativeHistograms?: boolean;
  /** The samples carry timestamps that must not be believed. @default true */
  readonly honorTimestamps?: boolean;
  /** Most samples in one scrape; more fails the scrape. @default 50000 */
  readonly sampleLimit?: number;
  readonly query?: Readonly<Record<string, string>>;
  /**
   * What is stored, where the environment says nothing else: a page of thousands of series may be
   * asked for few. @default 'all'
   */
  readonly keep?: 'all' | 'used';
  /** Name of the catalogue of its metrics. @default - the value of the `job` label */
  readonly catalogue?: string;
  /** Its metrics, where no catalogue has them. @default - nothing is known of them */
  readonly declares?: Readonly<Record<string, DeclaredMetric>>;
}

/** A metric of an application, under the name that its page gives it. */
export interface DeclaredMetric {
  /** Of a histogram the series are the name with `_bucket`, `_sum` and `_count`. */
  readonly type: 'counter' | 'gauge' | 'histogram' | 'summary' | 'unknown';
  /** Those of the page itself, without `le` and `quantile`. @default - none */
  readonly labels?: readonly string[];
}

export interface HealthOffer extends Variant {
  readonly capability: 'health';
  /** Answers as long as the process works, whatever becomes of other services. */
  readonly live: string;
  /** Answers when it can serve. @default - as `live` */
  readonly ready?: string;
  /** How long a start may take before it counts as failed. @default - no startup probe */
  readonly startSeconds?: number;
  /** How long a clean stop may take before it is cut off. @default 30 */
  readonly stopSeconds?: number;
}

export interface PlainOffer extends Variant {
  readonly capability: Exclude<Capability, 'metrics' | 'health'>;
  /** Below the endpoint's root. @default '' */
  readonly path?: string;
}

/** Something that an endpoint offers. */
export type Offer = MetricsOffer | HealthOffer | PlainOffer;

/** Offers a metrics page. */
export const metrics = (
  path = '/metrics',
  settings: Omit<MetricsOffer, 'capability' | 'path'> = {},
): MetricsOffer => ({ capability: 'metrics', path, ...settings });

/** Offers a page for probes. */
export const health = (
  live: string,
  settings: Omit<HealthOffer, 'capability' | 'live'> = {},
): HealthOffer => ({ capability: 'health', live, ...settings });

/** Offers anything else, such as `offer('traces', { variant: 'grpc' })`. */
export const offer = (
  capability: PlainOffer['capability'],
  settings: Omit<PlainOffer, 'capability'> = {},
): PlainOffer => ({ capability, ...settings });
