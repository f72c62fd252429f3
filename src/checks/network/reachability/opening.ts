import type { Location } from '../../../model/location.js';
import { type Block, contains, covers } from '../../support/address.js';
import { requires } from '../../support/selector.js';
import { listOf, recordOf, textsOf, type Untyped } from '../../support/untyped.js';
import { entitiesOf } from './cilium.js';
import type { Network } from './network.js';
import type { Direction, Policy } from './traffic.js';

/** The peer of a policy rule. */
export type Peer =
  | { readonly kind: 'everyone' }
  | {
      readonly kind: 'pods';
      /** @default - the namespace of the policy */
      readonly namespaceSelector?: Untyped;
      readonly podSelector?: Untyped;
      readonly namespace: string;
    }
  | { readonly kind: 'block'; readonly block: Block }
  | { readonly kind: 'entity'; readonly name: string }
  /** A field of Cilium that this check does not evaluate. */
  | { readonly kind: 'unread'; readonly field: string };

/** The traffic that one item of a rule allows. */
export interface Opening {
  readonly path: string;
  readonly peer: Peer;
  /** An empty list means all ports. */
  readonly ports: readonly Port[];
}

/** A port or a range of ports of a rule; without `port`, all ports of the protocol. */
export interface Port {
  readonly protocol: string;
  readonly port?: number | string;
  readonly endPort?: number;
}

/** The openings of a policy in one direction. */
export const openingsOf = (policy: Policy, direction: Direction): Opening[] =>
  listOf(policy.spec[direction]).flatMap((rule, index) => {
    const path = `${policy.path}.${direction}[${index}]`;
    return policy.kind === 'NetworkPolicy'
      ? openingsOfRule(rule, direction, path, policy.namespace)
      : openingsOfCilium(rule, direction, path);
  });

const openingsOfRule = (
  rule: Untyped,
  direction: Direction,
  path: string,
  namespace: string,
): Opening[] => {
  const field = direction === 'ingress' ? 'from' : 'to';
  const ports = listOf(rule.ports).map(
    ({ protocol = 'TCP', port, endPort }): Port => ({ protocol, port, endPort }),
  );
  const peers = listOf(rule[field]);
  if (peers.length === 0) return [{ path, peer: { kind: 'everyone' }, ports }];
  return peers.flatMap(({ ipBlock, podSelector, namespaceSelector }, index): Opening[] => {
    const at = `${path}.${field}[${index}]`;
    if (ipBlock) return [{ path: at, peer: { kind: 'block', block: ipBlock }, ports }];
    // A peer without a selector or a block allows nothing.
    if (!podSelector && !namespaceSelector) return [];
    return [{ path: at, peer: { kind: 'pods', podSelector, namespaceSelector, namespace }, ports }];
  });
};

const openingsOfCilium = (rule: Untyped, direction: Direction, path: string): Opening[] => {
  const prefix = direction === 'ingress' ? 'from' : 'to';
  const entities = `${prefix}Entities`;
  const ports = listOf(rule.toPorts).flatMap(({ ports: list }) =>
    listOf(list).flatMap(({ port, endPort, protocol = 'ANY' }) =>
      (protocol === 'ANY' ? ['TCP', 'UDP'] : [protocol]).map(
        (one): Port => ({ protocol: one, port: Number(port) || port, endPort }),
      ),
    ),
  );
  const fields = Object.keys(recordOf(rule)).filter(
    (field) => field.startsWith(prefix) && field !== 'toPorts',
  );
  const unread = fields.filter((field) => field !== entities);
  const peers: Peer[] = [
    ...textsOf(listOf(rule[entities])).map((name): Peer => ({ kind: 'entity', name })),
    ...unread.map((field): Peer => ({ kind: 'unread', field })),
    ...(fields.length === 0 && ports.length > 0 ? [{ kind: 'everyone' } as const] : []),
  ];
  return peers.map((peer) => ({ path, peer, ports }));
};

/** Whether the peer allows only traffic with a location; a selector counts all pods that can match it. */
export const within = (peer: Peer, location: Location, { nodeCidrs }: Network): boolean => {
  const onNodes = location.kind === 'nodes' || (location.kind === 'pods' && location.hostNetwork);
  switch (peer.kind) {
    case 'pods':
      return (
        location.kind === 'pods' &&
        !onNodes &&
        requires(peer.podSelector, location.labels) &&
        (peer.namespaceSelector
          ? requires(peer.namespaceSelector, { 'kubernetes.io/metadata.name': location.namespace })
          : peer.namespace === location.namespace)
      );
    case 'block': {
      const { cidr, except = [] } = peer.block;
      if (onNodes) return nodeCidrs.some((nodes) => contains(nodes, cidr));
      if (location.kind !== 'addresses') return false;
      const { cidrs, except: left } = location;
      return cidrs.some((one) => covers({ cidr: one, except: left }, cidr, except));
    }
    case 'entity':
      return entitiesOf(location).includes(peer.name);
    default:
      return false;
  }
};
