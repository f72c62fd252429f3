import type { Access } from './access.js';
import type { Connection } from './connection.js';
import type { SelectedContent } from './content.js';
import type { DataSource } from './data-source.js';
import type { Endpoint } from './endpoint.js';
import type { Identity, StackNames } from './identity.js';
import type { Keep } from './offer.js';
import type { Probes } from './probe.js';
import type { AlertmanagerTarget, ScrapeJob } from './scrape-job.js';

/** The settings of an environment that components can read. */
export interface Setting {
  readonly names: StackNames;
  readonly cluster: string;
  /** A Prometheus duration. */
  readonly scrapeInterval: string;
  /** Which series of a job are stored, by job name. @default - as in the offer */
  readonly keep: Readonly<Record<string, Keep>>;
  /** An image by its name in the definition of a component. */
  readonly image: (name: string) => ContainerImage;
  readonly storageClass?: string;
  readonly pullSecrets: readonly string[];
  /** OpenShift's constraints that the service accounts of each namespace must be allowed to use. @default - none */
  readonly securityConstraints?: { readonly stack: string; readonly nodeAgents: string };
  readonly nodeSelector: Readonly<Record<string, string>>;
  readonly tolerations: readonly Toleration[];
  /** The label of nodes on which node agents cannot run. @default - none */
  readonly avoidedNodes?: { readonly label: string; readonly value: string };
  /** Of the component's pods. @default - the cluster's default */
  readonly priorityClass: (component: string) => string | undefined;
  /** Version of a component that ships. @default - unknown */
  readonly version: (component: string) => string | undefined;
  /** The version of a Secret that a component reads only at its start. @default - none is stated */
  readonly secretVersion?: (component: string, secret: string) => string | undefined;
  /** On how many nodes replicas with volumes can run separately; 1 if unknown. */
  readonly apartOn: number;
  /** Whether pods share the users of the node (no user namespace). Node agents always do. */
  readonly hostUsers: boolean;
}

/** An image and the numeric user that runs it. */
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

/** Data derived from the connections of one workload of a component. */
export interface WorkloadWiring {
  readonly identity: Identity;
  readonly hostNetwork: boolean;
  /** @default - the cluster's default */
  readonly priorityClass?: string;
  readonly endpoints: Readonly<Record<string, Endpoint>>;
  /** By the name of the endpoint that offers `health`. */
  readonly probes: Readonly<Record<string, Probes>>;
  /** Permissions in the Kubernetes API; without any, it gets no token. */
  readonly access?: Access;
  /** Whether it verifies a server with the cluster's certificate authority. */
  readonly clusterCa: boolean;
  /** Audiences for which it needs a separate token. */
  readonly tokenAudiences: readonly string[];
  /** Names of the Secrets that its connections need. */
  readonly secrets: readonly string[];
}

/** A connection as its consumer sees it. */
export interface Outgoing extends Connection {
  /** `scheme://host:port/path`; undefined if only a selector is known. */
  readonly url?: string;
}

/** All data that the rendering of a component can use besides its options. */
export interface Wiring {
  readonly setting: Setting;
  readonly workloads: Readonly<Record<string, WorkloadWiring>>;
  readonly outgoing: readonly Outgoing[];
  /** Connections of others to this component. */
  readonly incoming: readonly Connection[];
  /** Derived from the `metrics` and `probes` connections of this component. */
  readonly scrapeJobs: readonly ScrapeJob[];
  /** Names of the metrics that its own pages expose, by job; no entry if a page exposes all. */
  readonly exposed: Readonly<Record<string, readonly string[]>>;
  /** Derived from its `alerts` connections. */
  readonly alertmanagers: readonly AlertmanagerTarget[];
  /** Derived from its `promql` and `datasource` connections. */
  readonly dataSources: readonly DataSource[];
  /** Dashboards and rules. */
  readonly content: SelectedContent;
}
