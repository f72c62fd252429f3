import type { Location } from '../../../model/location.js';
import type { Manifest } from '../../../model/manifest.js';
import type { Untyped } from '../../support/untyped.js';

export const directions = ['ingress', 'egress'] as const;

export type Direction = (typeof directions)[number];

/** Traffic of isolated pods in one direction. */
export interface Flow {
  readonly direction: Direction;
  readonly peer: Location;
  readonly port: number;
  /** Names of the port in the containers of the provider; empty for other providers and on the host network. */
  readonly portNames: readonly string[];
  readonly protocol: string;
}

/** A shipped policy of either kind. */
export interface Policy {
  readonly manifest: Manifest;
  readonly kind: 'NetworkPolicy' | 'CiliumNetworkPolicy';
  readonly namespace: string;
  readonly spec: Untyped;
  /** The path of `spec` in the object. */
  readonly path: string;
}
