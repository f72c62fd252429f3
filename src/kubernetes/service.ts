import type { k8s } from 'cdk8s-plus-28';
import type { Construct } from 'constructs';
import type { Endpoint } from '../model/endpoint.js';
import { peersName } from '../model/identity.js';
import type { WorkloadWiring } from '../model/wiring.js';
import { api } from './api.js';

/** The Service of a workload: a port for each of its endpoints. */
export const service = (
  scope: Construct,
  { identity, endpoints }: WorkloadWiring,
  {
    sticky,
    annotations = {},
  }: { readonly sticky: boolean; readonly annotations?: Readonly<Record<string, string>> },
): void => {
  new api.KubeService(scope, `${identity.name}-service`, {
    metadata: {
      name: identity.name,
      namespace: identity.namespace,
      labels: { ...identity.labels },
      ...(Object.keys(annotations).length > 0 && { annotations: { ...annotations } }),
    },
    spec: {
      selector: { ...identity.selector },
      sessionAffinity: sticky ? 'ClientIP' : undefined,
      ports: ports(Object.entries(endpoints)),
    },
  });
};

/** The headless Service with which the replicas of a workload find each other, ready or not. */
export const peerService = (
  scope: Construct,
  { identity: { name, namespace, labels, selector }, endpoints }: WorkloadWiring,
): void => {
  const peers = peersName({ name });
  new api.KubeService(scope, `${peers}-service`, {
    metadata: { name: peers, namespace, labels: { ...labels } },
    spec: {
      selector: { ...selector },
      clusterIp: 'None',
      publishNotReadyAddresses: true,
      ports: ports(
        Object.entries(endpoints).filter(([, { offers }]) =>
          offers.some(({ capability }) => capability === 'peers'),
        ),
      ),
    },
  });
};

const ports = (endpoints: readonly (readonly [string, Endpoint])[]): k8s.ServicePort[] =>
  endpoints.map(([name, { port, protocol = 'TCP', scheme = 'http' }]) => ({
    name,
    port,
    protocol,
    appProtocol: protocol === 'TCP' ? appProtocols[scheme] : undefined,
    targetPort: api.IntOrString.fromString(name),
  }));

/**
 * The `appProtocol` of a port, for meshes and gateways; not set for plain TCP. Names without a prefix
 * are IANA service names, and IANA has none for gRPC.
 * https://kubernetes.io/docs/concepts/services-networking/service/#application-protocol
 */
const appProtocols: Readonly<Record<NonNullable<Endpoint['scheme']>, string | undefined>> = {
  http: 'http',
  https: 'https',
  grpc: 'kubernetes.io/h2c',
  tcp: undefined,
};
