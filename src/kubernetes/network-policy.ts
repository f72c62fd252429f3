import type { k8s } from 'cdk8s-plus-28';
import type { Construct } from 'constructs';
import ipaddr from 'ipaddr.js';
import { type Allowance, allowsIcmp, type Isolation } from '../model/isolation.js';
import type { Location } from '../model/location.js';
import { api } from './api.js';
import { ciliumPolicy } from './cilium-policy.js';

/** Cluster properties that the policies depend on. */
export interface NetworkFacts {
  readonly plugin: 'kubernetes' | 'cilium';
  readonly nodeCidrs: readonly string[];
}

/** Denies all traffic in a namespace of the stack, in both directions. */
export const defaultDeny = (
  scope: Construct,
  name: string,
  namespace: string,
  labels: Readonly<Record<string, string>>,
): void => {
  new api.KubeNetworkPolicy(scope, `${namespace}-default-deny`, {
    metadata: { name: `${name}-default-deny`, namespace, labels: { ...labels } },
    spec: { podSelector: {}, policyTypes: ['Ingress', 'Egress'] },
  });
};

/** The policy of one workload: allowed ingress and egress, with ports. */
export const networkPolicy = (
  scope: Construct,
  name: string,
  { pods, own, ingress, egress }: Isolation,
  labels: Readonly<Record<string, string>>,
  facts: NetworkFacts,
): void => {
  const byAddress = ({ peer }: Allowance) => facts.plugin === 'kubernetes' || !isNode(peer);
  const rules = {
    ingress: ingress
      .filter(byAddress)
      .map((one) => ({ from: peers(one.peer, facts), ports: ports(one) })),
    egress: egress
      .filter(byAddress)
      .map((one) => ({ to: peers(one.peer, facts), ports: ports(one) })),
  };
  // A policy type isolates its pods in that direction. In other namespaces, pods are already isolated:
  // the policy lists only the directions in which it allows traffic.
  const types = [
    ...(own || rules.ingress.length > 0 ? ['Ingress'] : []),
    ...(own || rules.egress.length > 0 ? ['Egress'] : []),
  ];
  const metadata = { name, namespace: pods.namespace, labels: { ...labels } };
  if (types.length > 0) {
    new api.KubeNetworkPolicy(scope, `${pods.namespace}-${name}`, {
      metadata,
      spec: {
        podSelector: { matchLabels: { ...pods.labels } },
        policyTypes: types,
        ingress: rules.ingress.length > 0 ? rules.ingress : undefined,
        egress: rules.egress.length > 0 ? rules.egress : undefined,
      },
    });
  }
  if (facts.plugin === 'cilium') {
    const entities = {
      ingress: ingress.filter(({ peer }) => hasEntity(peer)),
      egress: egress.filter(({ peer }) => hasEntity(peer)),
    };
    ciliumPolicy(scope, metadata, pods.labels, entities);
  }
};

// Policies match a pod on the host network as its node.
const isNode = (peer: Location): boolean =>
  peer.kind === 'nodes' || (peer.kind === 'pods' && peer.hostNetwork === true);

// Cilium never matches a node by address, and the API server or a node-local resolver only if they
// are outside the cluster: these get both rules.
const hasEntity = (peer: Location): boolean =>
  isNode(peer) || (peer.kind === 'addresses' && peer.ciliumEntity !== undefined);

const peers = (peer: Location, { nodeCidrs }: NetworkFacts): k8s.NetworkPolicyPeer[] => {
  if (peer.kind === 'addresses') {
    return peer.cidrs.map((cidr) => {
      // The API server rejects a block with an exception outside the block.
      const except = (peer.except ?? []).filter((hole) => overlap(hole, cidr));
      return { ipBlock: { cidr, except: except.length > 0 ? except : undefined } };
    });
  }
  if (peer.kind === 'nodes' || peer.hostNetwork) {
    return nodeCidrs.map((cidr) => ({ ipBlock: { cidr } }));
  }
  return [
    {
      namespaceSelector: { matchLabels: { 'kubernetes.io/metadata.name': peer.namespace } },
      podSelector: { matchLabels: { ...peer.labels } },
    },
  ];
};

const overlap = (a: string, b: string): boolean => {
  const [first, firstBits] = ipaddr.parseCIDR(a);
  const [second, secondBits] = ipaddr.parseCIDR(b);
  return first.kind() === second.kind() && first.match(second, Math.min(firstBits, secondBits));
};

/** A NetworkPolicy cannot name ICMP: only a rule without ports allows it. */
const ports = (allowance: Allowance): k8s.NetworkPolicyPort[] | undefined =>
  allowsIcmp(allowance)
    ? undefined
    : allowance.ports.map(({ port, protocol }) => ({
        protocol,
        port: api.IntOrString.fromNumber(port),
      }));
