import type { Protocol } from './endpoint.js';
import type { Location, PodLocation } from './location.js';

/** Traffic with one peer on ports of the provider. */
export interface Allowance {
  readonly peer: Location;
  readonly ports: readonly { readonly port: number; readonly protocol: Protocol | 'ICMP' }[];
}

/** Whether ICMP is part of the traffic. */
export const allowsIcmp = ({ ports }: Allowance): boolean =>
  ports.some(({ protocol }) => protocol === 'ICMP');

/** All allowed traffic of the pods of one workload. */
export interface Isolation {
  readonly party: string;
  readonly workload: string;
  readonly pods: PodLocation;
  /** Whether Crowsnest deploys the pods; for other pods it only adds allow rules. */
  readonly own: boolean;
  readonly ingress: readonly Allowance[];
  readonly egress: readonly Allowance[];
}
