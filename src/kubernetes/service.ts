import type { k8s } from 'cdk8s-plus-28';
import type { Construct } from 'constructs';
import type { Endpoint } from '../model/endpoint.js';
import { peersName, podNameLabel, replicaName } from '../model/identity.js';
import { replicaOf } from '../model/offer.js';
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

/** The Services of single replicas, with the ports of the endpoints that offer something of them only. */
export const replicaServices = (
  scope: Construct,
  { identity, endpoints }: WorkloadWiring,
): void => {
  const { namespace, labels, selector } = identity;
  const offered = Object.entries(endpoints).flatMap(([name, endpoint]) =>
    endpoint.offers.flatMap((offer) => {
      const replica = replicaOf(offer);
      return replica === undefined ? [] : [{ replica, name, endpoint }];
    }),
  );
  for (const replica of new Set(offered.map((one) => one.replica))) {
    const name = replicaName(identity, replica);
    const here = offered.filter((one) => one.replica === replica);
    new api.KubeService(scope, `${name}-service`, {
      metadata: { name, namespace, labels: { ...labels } },
      spec: {
        selector: { ...selector, [podNameLabel]: name },
        ports: ports([...new Map(here.map((one) => [one.name, one.endpoint]))]),
      },
    });
  }
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
