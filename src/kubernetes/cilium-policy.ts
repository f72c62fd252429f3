import { ApiObject, type ApiObjectMetadata } from 'cdk8s';
import type { Construct } from 'constructs';
import type { Allowance } from '../model/isolation.js';
import type { Location } from '../model/location.js';

/**
 * Allows what Cilium does not match by address: the nodes, including the pod's own node, and the API
 * server. https://docs.cilium.io/en/stable/security/policy/layer3/#entities-based
 */
export const ciliumPolicy = (
  scope: Construct,
  metadata: ApiObjectMetadata & { readonly name: string; readonly namespace: string },
  podLabels: Readonly<Record<string, string>>,
  { ingress, egress }: { ingress: readonly Allowance[]; egress: readonly Allowance[] },
): void => {
  if (ingress.length === 0 && egress.length === 0) return;
  new ApiObject(scope, `${metadata.namespace}-${metadata.name}-cilium`, {
    apiVersion: 'cilium.io/v2',
    kind: 'CiliumNetworkPolicy',
    metadata: { ...metadata, name: `${metadata.name}-entities` },
    spec: {
      endpointSelector: { matchLabels: podLabels },
      ...(ingress.length > 0 && {
        ingress: ingress.map((one) => ({
          fromEntities: entities(one.peer),
          toPorts: [toPorts(one)],
        })),
      }),
      ...(egress.length > 0 && {
        egress: egress.map((one) => ({ toEntities: entities(one.peer), toPorts: [toPorts(one)] })),
      }),
    },
  });
};

const entities = (peer: Location): string[] =>
  peer.kind === 'addresses' && peer.ciliumEntity ? [peer.ciliumEntity] : ['host', 'remote-node'];

const toPorts = ({ ports }: Allowance) => ({
  ports: ports.map(({ port, protocol }) => ({ port: `${port}`, protocol })),
});
