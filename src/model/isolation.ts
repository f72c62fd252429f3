import type { Protocol } from './endpoint.js';
import type { Location, PodLocation } from './location.js';

/** Traffic with one peer on some of the provider's ports. */
export interface Allowance {
  readonly peer: Location;
  readonly ports: readonly { readonly port: number; readonly protocol: Protocol }[];
}

/** All that the pods of one workload may receive and send. */
export interface Isolation {
  readonly party: string;
  readonly workload: string;
  readonly pods: PodLocation;
  /** Whether Crowsnest deploys the pods; to those of others it only adds an allowance. */
  readonly own: boolean;
  readonly ingress: readonly Allowance[];
  readonly egress: readonly Allowance[];
}
