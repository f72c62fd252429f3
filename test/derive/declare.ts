import type { LocatedParty } from '../../src/derive/locate.js';
import type { Connection } from '../../src/model/connection.js';
import { type Consumption, optional } from '../../src/model/consumption.js';
import type { Endpoint } from '../../src/model/endpoint.js';
import type { StackNames } from '../../src/model/identity.js';
import type { Location, PodLocation } from '../../src/model/location.js';

/** Names of the stack in the tests of derivations. */
export const names: StackNames = {
  stack: 'nest',
  namespaces: { stack: 'watch', nodeAgents: 'watch-agents' },
};

/** Pods with one label. */
export const pods = (namespace: string, app: string, hostNetwork?: boolean): PodLocation => ({
  kind: 'pods',
  namespace,
  labels: { app },
  ...(hostNetwork && { hostNetwork }),
});

/** A foreign party, with one workload in its own namespace by default. */
export const party = (name: string, rest: Partial<LocatedParty> = {}): LocatedParty => ({
  name,
  own: false,
  workloads: { [name]: pods(`${name}-space`, name) },
  endpoints: {},
  consumes: [],
  ...rest,
});

/** A connection to the first offer of an endpoint, from pods of the stack. */
export const connection = (
  endpoint: Endpoint,
  {
    at = pods('shop', 'cart'),
    from = pods('watch', 'collector'),
    provider = 'cart',
    consumer = 'collector',
    own = false,
    consumption,
  }: {
    at?: Location;
    from?: Location;
    provider?: string;
    consumer?: string;
    /** Whether the provider is part of the stack. */
    own?: boolean;
    consumption?: Partial<Consumption>;
  } = {},
): Connection => {
  const offer = endpoint.offers[0]!;
  return {
    capability: offer.capability,
    consumer: { party: consumer, workload: consumer, location: from, own: true },
    consumption: { ...optional(offer.capability), ...consumption },
    provider: { party: provider, workload: provider, location: at, own },
    endpointName: 'web',
    endpoint,
    offer,
  };
};
