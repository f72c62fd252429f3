/** How a capability is consumed. */
interface CapabilityFacts {
  /** The providers of a consumer: `all` that offer it, exactly `one`, or its `own` party. */
  readonly from: 'all' | 'one' | 'own';
  /**
   * How a consumer finds a provider: `url`, which Crowsnest writes into its configuration, so that the
   * endpoint of an outside party needs a host; `discovery`, by the Kubernetes API or a host; or
   * `itself`, by its own configuration: Crowsnest only allows the traffic.
   */
  readonly found: 'url' | 'discovery' | 'itself';
  /** Whether the configuration of a consumer has the address of its provider. @default false */
  readonly configured?: true;
  /** Options that give an environment a provider. @default - none */
  readonly options?: string;
}

/** The capabilities that parties can offer. */
export const capabilities = {
  /** A metrics page that Prometheus can scrape. */
  metrics: { from: 'all', found: 'discovery' },
  /** A metrics page of a native scrape config, by the name of its job. */
  'raw-metrics': { from: 'all', found: 'itself' },
  /** Alertmanager's API for incoming alerts. */
  alerts: { from: 'all', found: 'discovery' },
  /** Prometheus's query API. */
  promql: { from: 'one', found: 'url', configured: true },
  /** An OTLP receiver for spans. */
  traces: { from: 'one', found: 'itself' },
  /** An OTLP receiver for metrics that its client has counted from spans. */
  'span-metrics': { from: 'one', found: 'url', configured: true },
  /** An OTLP receiver for logs. */
  logs: {
    from: 'one',
    found: 'url',
    configured: true,
    options:
      'Set loki: { enabled: true }, or an outside store in logAgent.store for agents or otelGateway.logs.store for the gateway',
  },
  /** An OTLP receiver for metrics of applications. */
  'otlp-metrics': { from: 'one', found: 'url', configured: true },
  /** Loki's query API. */
  logql: { from: 'one', found: 'url', configured: true },
  /** A Prometheus remote-write receiver. */
  'remote-write': { from: 'all', found: 'url', configured: true },
  /** A Prometheus remote-write receiver for the results of load tests. */
  results: { from: 'one', found: 'url', configured: true },
  /** An application that gets the requests of a load test. */
  load: { from: 'all', found: 'url', configured: true },
  /** A Prometheus remote-read server. */
  'remote-read': { from: 'all', found: 'url', configured: true },
  /** Alertmanagers in native configuration. */
  'raw-alerts': { from: 'all', found: 'itself' },
  /** A server at which a native client gets credentials. */
  credentials: { from: 'all', found: 'itself' },
  /** A proxy through which a native client sends requests. */
  proxy: { from: 'all', found: 'itself' },
  /** A proxy through which a prober requests pages. */
  'probe-proxy': { from: 'all', found: 'itself' },
  /** A data source of Grafana other than `promql` and `logql`. */
  datasource: { from: 'all', found: 'url', configured: true },
  /** A page that shows whether the server works. */
  health: { from: 'all', found: 'discovery', configured: true },
  /** A web interface. */
  web: { from: 'all', found: 'itself' },
  /** A Grafana with the shipped dashboards, to which alerts link. */
  dashboards: { from: 'all', found: 'url' },
  /** The gossip mesh between the replicas of a party. */
  peers: { from: 'own', found: 'itself', configured: true },
  /** Sampling strategies for clients that send spans. */
  sampling: { from: 'all', found: 'itself' },
  /** A prober: requests the page of another party, and reports the result as metrics. */
  probes: { from: 'all', found: 'discovery', configured: true },
  /** A database server. */
  database: { from: 'all', found: 'itself', configured: true },
  /** An identity provider. */
  identity: { from: 'all', found: 'itself' },
  /** An object store with a bucket for logs. */
  objects: { from: 'all', found: 'itself' },
  /** An object store with a bucket for copies of volumes. */
  backups: { from: 'all', found: 'itself' },
  /** A server that a component uses because of its native settings, such as a mail server. */
  upstream: { from: 'all', found: 'itself' },
  /** Name resolution. */
  dns: { from: 'all', found: 'itself' },
  /** The Kubernetes API. */
  'kubernetes-api': { from: 'all', found: 'itself' },
  /** A receiver of notifications. */
  notifications: { from: 'all', found: 'itself' },
} as const satisfies Readonly<Record<string, CapabilityFacts>>;

/** The facts of a capability; a user's own capability is consumed from all and found by the consumer. */
export const capabilityFacts = (capability: Capability): CapabilityFacts =>
  Object.entries<CapabilityFacts>(capabilities).find(([name]) => name === capability)?.[1] ?? {
    from: 'all',
    found: 'itself',
  };

/** A capability of the vocabulary, or a user's own one, `x-…`, which is consumed from all. */
export type Capability = keyof typeof capabilities | `x-${string}`;
