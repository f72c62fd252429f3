import type { Capability } from './capability.js';
import type { Consumption } from './consumption.js';
import type { Authentication, Endpoint } from './endpoint.js';
import type { Location } from './location.js';
import type { Offer } from './offer.js';

/** One workload of a party. */
export interface End {
  readonly party: string;
  readonly workload: string;
  readonly location: Location;
  /** Whether Crowsnest deploys it. */
  readonly own: boolean;
}

/** A consumption with an offer that meets it. */
export interface Connection<O extends Offer = Offer> {
  readonly capability: Capability;
  readonly consumer: End;
  readonly consumption: Consumption;
  readonly provider: End;
  readonly endpointName: string;
  readonly endpoint: Endpoint;
  readonly offer: O;
}

type OfferOf<C extends Capability> =
  Extract<Offer, { readonly capability: C }> extends never
    ? Offer
    : Extract<Offer, { readonly capability: C }>;

/** The connections of one capability. */
export const connectionsFor = <C extends Capability, T extends Connection>(
  connections: readonly T[],
  capability: C,
): (T & { readonly offer: OfferOf<C> })[] =>
  connections.filter(
    (connection): connection is T & { readonly offer: OfferOf<C> } =>
      connection.capability === capability,
  );

/** How the consumer authenticates; empty for web interfaces and probes, which no program logs in to. */
export const authenticationOf = ({
  capability,
  endpoint,
}: Connection): Authentication | undefined =>
  capability === 'health' || capability === 'web' ? undefined : endpoint.authentication;
