import type { CommonEnvironment } from '../config/common.js';
import { platformOf } from '../config/platforms.js';
import type { Endpoint } from '../model/endpoint.js';
import type { Location } from '../model/location.js';
import { metrics, offer } from '../model/offer.js';
import type { Party } from '../model/party.js';

/** The DNS servers of the cluster: their pods, and the cache on the node. */
export const nameServers = ({ cluster }: CommonEnvironment): Party[] => {
  const {
    name,
    metricsPort,
    cachePods,
    localAddresses = [],
  } = platformOf(cluster.platform).dns.value;
  const local = cluster.dns?.localAddresses ?? localAddresses;
  return [
    resolver(name, podsOf('kube-dns'), metricsPort),
    ...(cachePods ? [resolver(cachePods, podsOf(cachePods))] : []),
    ...(local.length > 0
      ? [
          resolver('node-local-resolver', {
            kind: 'addresses',
            cidrs: local.map((address) => `${address}/${address.includes(':') ? 128 : 32}`),
            ciliumEntity: 'host',
          }),
        ]
      : []),
  ];
};

const podsOf = (app: string): Location => ({
  kind: 'pods',
  namespace: 'kube-system',
  labels: { 'k8s-app': app },
});

const resolver = (name: string, location: Location, metricsPort?: number): Party => ({
  name,
  workloads: { [name]: location },
  endpoints: {
    ...ports,
    ...(metricsPort && {
      metrics: { port: metricsPort, offers: [metrics('/metrics', { nativeHistograms: true })] },
    }),
  },
  consumes: [],
});

const ports = {
  'dns-udp': { port: 53, protocol: 'UDP', offers: [offer('dns')] },
  'dns-tcp': { port: 53, scheme: 'tcp', offers: [offer('dns')] },
} as const satisfies Record<string, Endpoint>;
