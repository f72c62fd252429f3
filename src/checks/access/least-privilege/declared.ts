import type { PolicyRule } from '../../../model/access.js';
import { authenticationOf, type Connection } from '../../../model/connection.js';
import type { PodTemplate } from '../../support/pod/template.js';
import { selects } from '../../support/selector.js';
import { allRights, type Right } from './right.js';

/** The rights for the Kubernetes API that the declared connections of a workload need. */
export interface Need {
  readonly cluster: readonly Right[];
  readonly namespaces: ReadonlyMap<string, readonly Right[]>;
  /** Audiences of the tokens with which the workload authenticates, without the audience of the API server. */
  readonly audiences: readonly string[];
}

/** Derives what a workload needs from the declarations only. */
export const needOf = (template: PodTemplate, connections: readonly Connection[]): Need => {
  const outgoing = connections.filter(({ consumer: { location, own } }) => {
    if (!own || location.kind !== 'pods' || location.namespace !== template.namespace) return false;
    return selects({ matchLabels: location.labels }, template.labels);
  });
  const cluster: PolicyRule[] = [];
  const namespaces = new Map<string, Right[]>();
  const audiences: string[] = [];
  for (const connection of outgoing) {
    const authentication = authenticationOf(connection);
    if (authentication?.kind === 'token') {
      cluster.push(...authentication.grants);
      if (authentication.audience !== undefined) audiences.push(authentication.audience);
    }
    cluster.push(...(connection.consumption.rules ?? []));
    if (isDiscovered(connection, outgoing)) discovery(connection, cluster, namespaces);
  }
  return { cluster: allRights(cluster), namespaces, audiences };
};

// The consumer connects to each pod, so it discovers the addresses through the API.
const isDiscovered = ({ capability }: Connection, outgoing: readonly Connection[]): boolean =>
  capability === 'metrics' ||
  // A consumer of alerts without the API has their URL.
  (capability === 'alerts' && outgoing.some((one) => one.capability === 'kubernetes-api'));

const discovery = (
  { provider: { location }, offer }: Connection,
  cluster: PolicyRule[],
  namespaces: Map<string, Right[]>,
): void => {
  const add = (namespace: string, rule: PolicyRule) =>
    namespaces.set(namespace, [...(namespaces.get(namespace) ?? []), ...allRights([rule])]);
  const found = offer.capability === 'metrics' ? offer.discovery : undefined;
  if (location.kind === 'nodes' || found?.attachNode) cluster.push(watched('', 'nodes'));
  if (found?.role === 'endpointslice' && location.kind === 'pods') {
    add(location.namespace, watched('', 'services'));
    add(location.namespace, watched('discovery.k8s.io', 'endpointslices'));
  }
  if (location.kind === 'pods') add(location.namespace, watched('', 'pods'));
  if (location.kind === 'addresses' && location.service) {
    const { namespace } = location.service;
    add(namespace, watched('', 'pods', 'services'));
    add(namespace, watched('discovery.k8s.io', 'endpointslices'));
  }
};

const watched = (group: string, ...resources: string[]): PolicyRule => ({
  apiGroups: [group],
  resources,
  verbs: ['get', 'list', 'watch'],
});
