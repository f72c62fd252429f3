import type { Construct } from 'constructs';
import type { Consumption } from './consumption.js';
import type { Endpoint } from './endpoint.js';
import type { Location, OwnLocation } from './location.js';
import type { DeclaredPrerequisite } from './prerequisite.js';
import type { Wiring } from './wiring.js';

/** An end of connections: where it is, what it offers, what it consumes, and not from whom. */
export interface Party {
  /** Unique in an environment; kebab-case. */
  readonly name: string;
  readonly workloads: Readonly<Record<string, Location>>;
  readonly endpoints: Readonly<Record<string, Endpoint>>;
  readonly consumes: readonly Consumption[];
  /** What must exist in the cluster for it. @default - nothing */
  readonly prerequisites?: readonly DeclaredPrerequisite[];
}

/** A party that Crowsnest deploys. */
export interface Component extends Omit<Party, 'workloads'> {
  /** @default - one, named as the component, in the stack's namespace */
  readonly workloads?: Readonly<Record<string, OwnLocation>>;
  /** Why it runs as many replicas as it does: stands in the generated README. @default - none */
  readonly replicasReason?: string;
  /** Adds its objects to `scope`, a chart of its own. */
  readonly render: (scope: Construct, wiring: Wiring) => void;
}

/** Whether Crowsnest deploys a party. */
export const isComponent = (party: Party | Component): party is Component => 'render' in party;
