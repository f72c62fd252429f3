import type { Capability } from './capability.js';
import type { SecretReference } from './prerequisite.js';
import type { RelabelStep } from './scrape-job.js';
import { referencesIn } from './secret-file.js';

interface Variant {
  /** Distinguishes offers of one capability: a protocol, a type of data source. */
  readonly variant?: string;
}

/** An offer of a component whose replicas have different data. */
interface OfReplica {
  /** The only replica with the offer, by its number, at a Service of its own. @default - all replicas */
  readonly replica?: number;
}

/** Which series of a job are stored: all, those that rules and dashboards use, or also some name patterns. */
export type Keep = 'all' | 'used' | { readonly also: readonly string[] };

export interface MetricsOffer extends Variant {
  readonly capability: 'metrics';
  readonly path: string;
  /** Value of the `job` label. @default - the party's name */
  readonly job?: string;
  /**
   * Name of its scrape job, if several pages have the same value of the `job` label.
   * @default - the value of the `job` label
   */
  readonly scrapeJob?: string;
  /** Time between two scrapes. @default - the environment's */
  readonly interval?: string;
  /** Timeout of a scrape, at most the interval. @default - 10s, or the interval if that is shorter */
  readonly timeout?: string;
  /** How Prometheus reads a page without a valid Content-Type. @default - such a scrape fails */
  readonly fallbackProtocol?: ScrapeProtocol;
  /**
   * The subject of the series: the target itself, its node, or the whole cluster. Series about
   * others get no `pod` and `namespace` label, or no `node` label, of the target.
   * @default 'itself'
   */
  readonly about?: 'itself' | 'node' | 'cluster';
  /** Labels of the target, with their values, to distinguish several pages of one kind. @default - none */
  readonly labels?: Readonly<Record<string, string>>;
  /** Whether labels of the series override those of the target. @default false */
  readonly honorLabels?: boolean;
  /** Escaping scheme for names with characters other than letters, digits and _. @default - not set */
  readonly nameEscaping?: 'underscores';
  /** Relabelling steps of the targets, after those that set their address and labels. @default - none */
  readonly targetRelabel?: readonly RelabelStep[];
  /** Metric relabelling steps. @default - none */
  readonly sampleRelabel?: readonly RelabelStep[];
  /** Whether the server exposes native histograms. @default false */
  readonly nativeHistograms?: boolean;
  /** Whether Prometheus uses the timestamps of the samples. False if they cannot be trusted. @default true */
  readonly honorTimestamps?: boolean;
  /** Maximum number of samples in one scrape; more fails the scrape. @default 50000 */
  readonly sampleLimit?: number;
  /** Parameters of the request. @default - none */
  readonly query?: Readonly<Record<string, string | readonly string[]>>;
  /** Other fields of Prometheus's scrape configuration, with references to Secrets. @default - none */
  readonly native?: Readonly<Record<string, unknown>>;
  /** How targets are found and labelled. @default - as pods, by the location of the workload */
  readonly discovery?: TargetDiscovery;
  /**
   * Which series are stored if the environment does not set it: a page may have thousands of series
   * of which few are used. @default 'all'
   */
  readonly keep?: Keep;
  /**
   * The server exposes only what is stored: with `keep: 'used'` these series always, and those that
   * rules, dashboards and the environment use. So its list is the same as that of Prometheus.
   * @default - the server exposes all its series
   */
  readonly always?: readonly string[];
  /** Name of the catalogue of its metrics. @default - the value of the `job` label */
  readonly catalogue?: string;
  /** Some of its metrics: it may have others. @default - unknown */
  readonly includes?: Readonly<Record<string, DeclaredMetric>>;
  /** Its metrics, if no catalogue has them. @default - unknown */
  readonly declares?: Readonly<Record<string, DeclaredMetric>>;
}

/** The formats of a metrics page. */
export const scrapeProtocols = [
  'PrometheusProto',
  'PrometheusText0.0.4',
  'PrometheusText1.0.0',
  'OpenMetricsText0.0.1',
  'OpenMetricsText1.0.0',
] as const;

export type ScrapeProtocol = (typeof scrapeProtocols)[number];

/** How targets in the namespace of a workload are found, and all steps that select and label them. */
export interface TargetDiscovery {
  readonly role: 'pod' | 'endpointslice';
  /** Label selector of the discovered objects. @default - all objects of the namespace */
  readonly selector?: string;
  /** Whether steps can use the labels of the node. @default false */
  readonly attachNode?: boolean;
  readonly steps: readonly RelabelStep[];
  /** Whether the value of the `job` label depends on labels that are not known. @default false */
  readonly variesJob?: boolean;
  /** The labels of a target before relabelling, without its address. */
  readonly target: Readonly<Record<string, string>>;
}

/** A metric of an application, with its name on the metrics page. */
export interface DeclaredMetric {
  /** The series of a histogram have the suffixes `_bucket`, `_sum` and `_count`. */
  readonly type: 'counter' | 'gauge' | 'histogram' | 'summary' | 'unknown';
  /** Labels on the metrics page, without `le` and `quantile`. @default - none */
  readonly labels?: readonly string[];
}

/** How a prober requests a page. */
export interface ProbeSettings {
  /** A Prometheus duration. @default - the scrape interval */
  readonly interval?: string;
  /** Status codes of a success. @default [200] */
  readonly status?: readonly number[];
  /** Whether the prober follows redirects, and the last answer counts. @default false */
  readonly followRedirects?: boolean;
  /** The URL of the proxy through which the prober requests the page. @default - directly */
  readonly proxy?: string;
  /** A module of the prober in native configuration, and its target. @default - requested over HTTP */
  readonly native?: { readonly module: string; readonly target: string };
}

export interface HealthOffer extends Variant {
  readonly capability: 'health';
  /** Path that answers while the process works, whatever the state of other services. */
  readonly live: string;
  /** Path that answers when the process can serve. @default - as `live` */
  readonly ready?: string;
  /** How a prober requests the page, if not as pages of the stack. */
  readonly probe?: ProbeSettings;
  /** Maximum duration of a start, in seconds. @default - no startup probe */
  readonly startSeconds?: number;
  /** Maximum duration of a clean stop, in seconds. @default 30 */
  readonly stopSeconds?: number;
}

export interface DashboardsOffer extends Variant {
  readonly capability: 'dashboards';
  /** Path below the root of the endpoint. @default '' */
  readonly path?: string;
  /** The ConfigMaps in which an outside Grafana finds the dashboards. */
  readonly configMaps?: {
    /** @default - that of the stack */
    readonly namespace?: string;
    /** @default { grafana_dashboard: '1' } */
    readonly labels?: Readonly<Record<string, string>>;
    /** Annotation with the title of the folder. @default 'grafana_folder' */
    readonly folderAnnotation?: string;
  };
}

interface SourceSettings extends Variant {
  /** Path below the root of the endpoint. @default '' */
  readonly path?: string;
  /**
   * Options of the data source, with the names of Grafana's provisioning files, such as
   * `{ derivedFields: [{ … }] }`. They override those that Crowsnest sets.
   */
  readonly jsonData?: Readonly<Record<string, unknown>>;
  /**
   * Secrets of the data source, each a reference to a key of a Secret. The value of a header that is no
   * credential, such as that of `X-Scope-OrgID`, can be a text.
   */
  readonly secureJsonData?: Readonly<Record<string, SecretReference | string>>;
}

/** A data source of Grafana; its variant is the type, such as `tempo`. */
export interface DataSourceOffer extends SourceSettings, OfReplica {
  readonly capability: 'datasource';
  /** Its name in Grafana. @default - the name of the party */
  readonly name?: string;
  /** The uid by which dashboards and other data sources reference it. @default - the name of the party */
  readonly uid?: string;
}

/** Loki's query API: the data source for the logs that dashboards show. */
export interface LogqlOffer extends SourceSettings {
  readonly capability: 'logql';
}

/** A receiver by OTLP. */
export interface OtlpOffer extends Variant, OfReplica {
  readonly capability: 'traces' | 'logs' | 'otlp-metrics';
  /** Path below the root of the endpoint, to which clients add `/v1/logs` and the like: of Loki `/otlp`. @default '' */
  readonly path?: string;
  /** Headers of each request that are no credentials, such as `{ 'X-Scope-OrgID': 'shop' }` of a tenant. @default - none */
  readonly headers?: Readonly<Record<string, string>>;
}

export interface PlainOffer extends Variant, OfReplica {
  readonly capability: Exclude<
    Capability,
    'metrics' | 'health' | 'dashboards' | 'datasource' | 'logql' | OtlpOffer['capability']
  >;
  /** Of `raw-metrics`: the names of SRV records that list the targets. @default - none */
  readonly records?: readonly string[];
  /** Path below the root of the endpoint. @default '' */
  readonly path?: string;
}

/** A capability that an endpoint offers. */
export type Offer =
  | MetricsOffer
  | HealthOffer
  | DashboardsOffer
  | DataSourceOffer
  | LogqlOffer
  | OtlpOffer
  | PlainOffer;

/** Whether an offer has settings of a data source. */
export const isSource = (offer: Offer): offer is DataSourceOffer | LogqlOffer =>
  offer.capability === 'datasource' || offer.capability === 'logql';

/** Headers of each request by OTLP that are no credentials. */
export const headersOf = (offer: Offer): Readonly<Record<string, string>> =>
  ('headers' in offer && offer.headers) || {};

/** The only replica with an offer; undefined if all have it. */
export const replicaOf = (offer: Offer): number | undefined =>
  'replica' in offer ? offer.replica : undefined;

/** The Secrets that a consumer of an offer needs, besides those for the login. */
export const secretsOfOffer = (offer: Offer): readonly SecretReference[] =>
  isSource(offer)
    ? Object.values(offer.secureJsonData ?? {}).filter((one) => typeof one !== 'string')
    : offer.capability === 'metrics'
      ? referencesIn((offer as MetricsOffer).native)
      : [];

/** The value of the `job` label of a page's series. */
export const jobNameOf = ({ job }: MetricsOffer, party: string): string => job ?? party;

/** The name of the scrape job of a page. */
export const scrapeJobOf = (offer: MetricsOffer, party: string): string =>
  offer.scrapeJob ?? jobNameOf(offer, party);

/** Offers a metrics page. */
export const metrics = (
  path = '/metrics',
  settings: Omit<MetricsOffer, 'capability' | 'path'> = {},
): MetricsOffer => ({ capability: 'metrics', path, ...settings });

/** Offers a page for health probes. */
export const health = (
  live: string,
  settings: Omit<HealthOffer, 'capability' | 'live'> = {},
): HealthOffer => ({ capability: 'health', live, ...settings });

/**
 * Shows the dashboards of the stack. For an outside Grafana, they are written to ConfigMaps, which its
 * sidecar finds by a label.
 */
export const dashboards = (
  settings: Omit<DashboardsOffer, 'capability'> = {},
): DashboardsOffer => ({ capability: 'dashboards', ...settings });

type OtherOffer<C> = C extends 'datasource'
  ? DataSourceOffer
  : C extends 'logql'
    ? LogqlOffer
    : C extends OtlpOffer['capability']
      ? OtlpOffer
      : PlainOffer;

/** Offers another capability, such as `offer('traces', { variant: 'grpc' })`. */
export const offer = <
  C extends PlainOffer['capability'] | OtlpOffer['capability'] | 'datasource' | 'logql',
>(
  capability: C,
  settings: Omit<OtherOffer<C>, 'capability'> = {} as Omit<OtherOffer<C>, 'capability'>,
): OtherOffer<C> => ({ capability, ...settings }) as OtherOffer<C>;
