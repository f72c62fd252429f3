import type { Access } from './access.js';
import type { Connection } from './connection.js';
import type { DataSource } from './data-source.js';
import type { Endpoint } from './endpoint.js';
import type { Identity, StackNames } from './identity.js';
import type { Keep } from './offer.js';
import type { Probes } from './probe.js';
import type { AlertmanagerTarget, ScrapeJob } from './scrape-job.js';

/** What a component learns of the environment. */
export interface Setting {
  readonly names: StackNames;
  readonly cluster: string;
  /** A Prometheus duration. */
  readonly scrapeInterval: string;
  /** What is stored of the series of a job, by its name. @default - what its offer says */
  readonly keep: Readonly<Record<string, Keep>>;
  /** An image of the stack by its name in `config/images.ts`. */
  readonly image: (name: string) => ContainerImage;
  readonly storageClass?: string;
  readonly pullSecrets: readonly string[];
  readonly nodeSelector: Readonly<Record<string, string>>;
  readonly tolerations: readonly Toleration[];
  /** Of every pod. @default - the cluster's default */
  readonly priorityClass?: string;
}

/** An image to run, and the numeric user to run it as. */
export interface ContainerImage {
  readonly reference: string;
  readonly user: number;
  readonly group: number;
}

export interface Toleration {
  readonly key?: string;
  readonly operator?: 'Exists' | 'Equal';
  readonly value?: string;
  readonly effect?: 'NoSchedule' | 'PreferNoSchedule' | 'NoExecute';
}

/** What follows from the connections for one workload of a component. */
export interface WorkloadWiring {
  readonly identity: Identity;
  readonly hostNetwork: boolean;
  readonly endpoints: Readonly<Record<string, Endpoint>>;
  /** By the name of the endpoint that offers health. */
  readonly probes: Readonly<Record<string, Probes>>;
  /** What it may ask of the Kubernetes API; without any, it gets no token. */
  readonly access?: Access;
  /** Whether it verifies a server by the cluster's certificate authority. */
  readonly clusterCa: boolean;
  /** Audiences for which it needs a token of its own. */
  readonly tokenAudiences: readonly string[];
  /** Names of the Secrets that its connections need. */
  readonly secrets: readonly string[];
}

/** A connection as its consumer sees it. */
export interface Outgoing extends Connection {
  /** `scheme://host:port/path`; absent where only a selector is known. */
  readonly url?: string;
}

/** All that a component's rendering may know beyond its own options. */
export interface Wiring {
  readonly setting: Setting;
  readonly workloads: Readonly<Record<string, WorkloadWiring>>;
  readonly outgoing: readonly Outgoing[];
  /** Derived from the `metrics` and `probes` connections of this component. */
  readonly scrapeJobs: readonly ScrapeJob[];
  /** Derived from its `alerts` connections. */
  readonly alertmanagers: readonly AlertmanagerTarget[];
  /** Derived from its `promql` and `datasource` connections. */
  readonly dataSources: readonly DataSource[];
  /** Files that developers write. */
  readonly content: RenderedContent;
}

/** Content in the form that the engines read. */
export interface RenderedContent {
  /** By uid. */
  readonly dashboards: Readonly<Record<string, RenderedDashboard>>;
  /** Prometheus rule files by file name. */
  readonly rules: Readonly<Record<string, string>>;
  /** Those of all rules. */
  readonly expressions: readonly string[];
}

/** A dashboard in Grafana's own format, and the title of the folder that it lies in. */
export interface RenderedDashboard {
  readonly folder: string;
  readonly json: string;
}
