import { identityOf, podsOf, type StackNames } from '../model/identity.js';
import type { Location, OwnLocation } from '../model/location.js';
import { type Component, isComponent, type Party } from '../model/party.js';

/** A party whose workloads all have a location. */
export interface LocatedParty
  extends Party,
    Pick<Component, 'replicasReason' | 'readme' | 'programs' | 'rereads'> {
  readonly own: boolean;
}

/** The workloads of a component, with the default set. */
export const ownWorkloads = (component: Component): Readonly<Record<string, OwnLocation>> =>
  component.workloads ?? { [component.name]: { kind: 'own', namespace: 'stack' } };

/** Adds the namespaces and labels of this stack to the workloads of a component. */
export const locate = (party: Party | Component, names: StackNames): LocatedParty => {
  if (!isComponent(party)) return { ...withPodPorts(party), own: false };
  const workloads: Record<string, Location> = {};
  for (const [key, location] of Object.entries(ownWorkloads(party))) {
    workloads[key] = podsOf(identityOf(names, party.name, key, location), location);
  }
  return { ...party, workloads, own: true };
};

/** Gives the endpoints the ports of their pods, where the place of the pods states another one than the Service. */
const withPodPorts = (party: Party): Party => ({
  ...party,
  endpoints: Object.fromEntries(
    Object.entries(party.endpoints).map(([name, endpoint]) => {
      const location = party.workloads[endpoint.workload ?? party.name];
      const port = location?.kind === 'pods' ? location.port : undefined;
      return port === undefined || port === endpoint.port || endpoint.servicePort !== undefined
        ? [name, endpoint]
        : [name, { ...endpoint, port, servicePort: endpoint.port }];
    }),
  ),
});

/** The namespaces of the stack that have workloads. */
export const ownNamespaces = (parties: readonly LocatedParty[]): string[] => [
  ...new Set(
    parties
      .filter(({ own }) => own)
      .flatMap(({ workloads }) => Object.values(workloads))
      .flatMap((location) => (location.kind === 'pods' ? location.namespace : [])),
  ),
];
