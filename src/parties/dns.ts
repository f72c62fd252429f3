import type { CommonEnvironment } from '../config/common.js';
import { platformOf } from '../config/platforms.js';
import type { Endpoint } from '../model/endpoint.js';
import type { Location } from '../model/location.js';
import { metrics, offer } from '../model/offer.js';
import type { Party } from '../model/party.js';

/** The DNS servers of the cluster: their pods, and the cache on the node. */
export const nameServers = ({ cluster }: CommonEnvironment): Party[] => {
  const known = platformOf(cluster.platform).dns.value;
  const { name, cachePods } = known;
  const { localAddresses = [], pods, port, metricsPort } = { ...known, ...given(cluster.dns) };
  return [
    resolver(name, pods ? { kind: 'pods', ...pods } : podsOf('kube-dns'), { port, metricsPort }),
    ...(cachePods ? [resolver(cachePods, podsOf(cachePods))] : []),
    ...(localAddresses.length > 0
      ? [
          resolver('node-local-resolver', {
            kind: 'addresses',
            cidrs: localAddresses.map(
              (address) => `${address}/${address.includes(':') ? 128 : 32}`,
            ),
            ciliumEntity: 'host',
          }),
        ]
      : []),
  ];
};

/** The options that are set. */
const given = (options: CommonEnvironment['cluster']['dns'] = {}): typeof options =>
  Object.fromEntries(Object.entries(options).filter(([, value]) => value !== undefined));

const podsOf = (app: string): Location => ({
  kind: 'pods',
  namespace: 'kube-system',
  labels: { 'k8s-app': app },
});

interface Ports {
  /** @default 53 */
  readonly port?: number;
  /** @default - its metrics are not known */
  readonly metricsPort?: number;
}

const resolver = (
  name: string,
  location: Location,
  { port = 53, metricsPort }: Ports = {},
): Party => ({
  name,
  workloads: { [name]: location },
  endpoints: {
    'dns-udp': { ...mapped(port), protocol: 'UDP', offers: [offer('dns')] },
    'dns-tcp': { ...mapped(port), scheme: 'tcp', offers: [offer('dns')] },
    ...(metricsPort && {
      metrics: { port: metricsPort, offers: [metrics('/metrics', { nativeHistograms: true })] },
    }),
  },
  consumes: [],
});

/** Clients use the port of the Service, and policies that of its pods. */
const mapped = (port: number): Pick<Endpoint, 'port' | 'servicePort'> =>
  port === 53 ? { port } : { port, servicePort: 53 };
