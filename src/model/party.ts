import type { Construct } from 'constructs';
import type { Consumption } from './consumption.js';
import type { Endpoint } from './endpoint.js';
import type { Location, OwnLocation } from './location.js';
import type { DeclaredPrerequisite, SecretReference } from './prerequisite.js';
import type { Program } from './program.js';
import type { Wiring } from './wiring.js';

/** One end of connections: where it is, what it offers and what it consumes, without naming other parties. */
export interface Party {
  /** Unique in an environment; kebab-case. */
  readonly name: string;
  readonly workloads: Readonly<Record<string, Location>>;
  readonly endpoints: Readonly<Record<string, Endpoint>>;
  readonly consumes: readonly Consumption[];
  /** Objects that must exist in the cluster. @default - none */
  readonly prerequisites?: readonly DeclaredPrerequisite[];
  /** Where the environment declares it. @default - nowhere: every cluster or every stack has it */
  readonly declaration?: Declaration;
}

/** The place in the environment that declares a party, for findings. */
export interface Declaration {
  /** @default - that of the environment */
  readonly file?: string;
  /** The line in `file`. @default - unknown */
  readonly line?: number;
  /** Path in the environment, such as `prometheus.remoteWrite[0]`, or the object in `file`. */
  readonly path: string;
  /** Path of the name of the party, relative to `path`. @default 'name' */
  readonly name?: string;
  /**
   * The options from which its parts result, relative to `path`: by the name of an endpoint, `ENDPOINT.interval` for its
   * interval, or `workloads`; `name`
   * if its scrape job has the name of the party.
   * @default - the declaration has the parts of a party
   */
  readonly options?: Readonly<Record<string, string>>;
  /** Whether the party gets another name if another one has its name. @default false */
  readonly renamable?: boolean;
}

/** Facts about a component for the generated README, as sentences in Markdown. */
export interface ReadmeFacts {
  /** A web interface: its endpoint, and its public URL. @default - none */
  readonly page?: { readonly endpoint: string; readonly url?: string };
  /** About its pods. @default - nothing */
  readonly workloads?: readonly string[];
  /** About the data on its volume and its retention. @default - nothing */
  readonly volumes?: readonly string[];
  /** Further sections, each with a title. @default - none */
  readonly sections?: readonly string[];
}

/** A party that Crowsnest deploys. */
export interface Component extends Omit<Party, 'workloads'> {
  /** @default - one, named after the component, in the stack's namespace */
  readonly workloads?: Readonly<Record<string, OwnLocation>>;
  /**
   * That it reads the Secrets of its connections again when they have changed, except for these.
   * @default - it reads them only at its start
   */
  readonly rereads?: { readonly except: readonly SecretReference[] };
  /** Why it has its number of replicas, for the generated README. @default - none */
  readonly replicasReason?: string;
  /** The programs of its containers, by container name. @default - unknown */
  readonly programs?: Readonly<Record<string, Program>>;
  /** Facts for the generated README that its manifests do not show. @default - none */
  readonly readme?: ReadmeFacts;
  /** Adds its objects to `scope`, which is its own chart. */
  readonly render: (scope: Construct, wiring: Wiring) => void;
}

/** Whether Crowsnest deploys a party. */
export const isComponent = (party: Party | Component): party is Component => 'render' in party;
