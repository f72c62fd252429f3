import type { Location } from '../../model/location.js';
import type { Manifest } from '../../model/manifest.js';
import type { Loose } from '../reference/lenient.js';

export const directions = ['ingress', 'egress'] as const;

export type Direction = (typeof directions)[number];

/** Traffic as the isolated pods see it. */
export interface Flow {
  readonly direction: Direction;
  readonly peer: Location;
  readonly port: number;
  /** What the provider's containers call the port, where it has pods of their own address. */
  readonly portNames: readonly string[];
  readonly protocol: string;
}

/** A policy of either kind, as it ships. */
export interface Policy {
  readonly manifest: Manifest;
  readonly kind: 'NetworkPolicy' | 'CiliumNetworkPolicy';
  readonly namespace: string;
  readonly spec: Loose;
  /** Where `spec` stands in the object. */
  readonly path: string;
}
