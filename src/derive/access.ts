import type { Access, PolicyRule } from '../model/access.js';
import { authenticationOf, type Connection, connectionsFor } from '../model/connection.js';

/** The permissions that the connections of one workload need. */
export const accessOf = (outgoing: readonly Connection[]): Access => {
  const cluster: PolicyRule[] = [];
  const namespaces = new Map<string, PolicyRule[]>();
  // Another consumer of alerts has their URL.
  const usesApi = connectionsFor(outgoing, 'kubernetes-api').length > 0;
  const discovered = [
    ...connectionsFor(outgoing, 'metrics'),
    ...(usesApi ? connectionsFor(outgoing, 'alerts') : []),
  ];
  for (const { provider, offer } of discovered) {
    const { location } = provider;
    const found = offer.capability === 'metrics' ? offer.discovery : undefined;
    if (found?.attachNode) cluster.push(watch('', 'nodes'));
    if (found?.role === 'endpointslice' && location.kind === 'pods') {
      addTo(namespaces, location.namespace, watch('', 'pods', 'services'));
      addTo(namespaces, location.namespace, watch('discovery.k8s.io', 'endpointslices'));
      continue;
    }
    if (location.kind === 'nodes') cluster.push(watch('', 'nodes'));
    if (location.kind === 'pods') {
      addTo(namespaces, location.namespace, watch('', 'pods'));
    }
    if (location.kind === 'addresses' && location.service) {
      // Prometheus's endpointslice discovery also waits for pods and services.
      const { namespace } = location.service;
      addTo(namespaces, namespace, watch('', 'pods', 'services'));
      addTo(namespaces, namespace, watch('discovery.k8s.io', 'endpointslices'));
    }
  }
  for (const connection of outgoing) {
    const authentication = authenticationOf(connection);
    if (authentication?.kind === 'token') cluster.push(...authentication.grants);
    cluster.push(...(connection.consumption.rules ?? []));
  }
  return {
    cluster: distinct(cluster),
    namespaces: Object.fromEntries(
      [...namespaces]
        .sort(([a], [b]) => (a < b ? -1 : 1))
        .map(([namespace, rules]) => [namespace, distinct(rules)]),
    ),
  };
};

/** Whether there are any permissions. */
export const hasAccess = ({ cluster, namespaces }: Access): boolean =>
  cluster.length > 0 || Object.keys(namespaces).length > 0;

const watch = (apiGroup: string, ...resources: string[]): PolicyRule => ({
  apiGroups: [apiGroup],
  resources,
  verbs: ['get', 'list', 'watch'],
});

const addTo = (rules: Map<string, PolicyRule[]>, namespace: string, rule: PolicyRule): void => {
  rules.set(namespace, [...(rules.get(namespace) ?? []), rule]);
};

const distinct = (rules: readonly PolicyRule[]): PolicyRule[] => [
  ...new Map(rules.map((rule) => [JSON.stringify(rule), rule])).values(),
];
