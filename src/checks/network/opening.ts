import type { Location } from '../../model/location.js';
import { type Loose, listOf, recordOf, textsOf } from '../reference/lenient.js';
import { type Block, contains, covers } from './address.js';
import { entitiesOf } from './cilium.js';
import type { Network } from './network.js';
import { requires } from './selector.js';
import type { Direction, Policy } from './traffic.js';

/** Whom a rule of a policy opens something to. */
export type Peer =
  | { readonly kind: 'everyone' }
  | {
      readonly kind: 'pods';
      /** @default - that of the policy */
      readonly namespaceSelector?: Loose;
      readonly podSelector?: Loose;
      readonly namespace: string;
    }
  | { readonly kind: 'block'; readonly block: Block }
  | { readonly kind: 'entity'; readonly name: string }
  /** A field of Cilium's that is not read here. */
  | { readonly kind: 'unread'; readonly field: string };

/** What one item of a rule opens. */
export interface Opening {
  readonly path: string;
  readonly peer: Peer;
  /** None is every port. */
  readonly ports: readonly Port[];
}

/** Ports of a rule; without a number or a name, all of the protocol. */
export interface Port {
  readonly protocol: string;
  readonly port?: number | string;
  readonly endPort?: number;
}

/** All that a policy opens in one direction, item by item. */
export const openingsOf = (policy: Policy, direction: Direction): Opening[] =>
  listOf(policy.spec[direction]).flatMap((rule, index) => {
    const path = `${policy.path}.${direction}[${index}]`;
    return policy.kind === 'NetworkPolicy'
      ? openingsOfRule(rule, direction, path, policy.namespace)
      : openingsOfCilium(rule, direction, path);
  });

const openingsOfRule = (
  rule: Loose,
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
    // A peer without any is for nobody.
    if (!podSelector && !namespaceSelector) return [];
    return [{ path: at, peer: { kind: 'pods', podSelector, namespaceSelector, namespace }, ports }];
  });
};

const openingsOfCilium = (rule: Loose, direction: Direction, path: string): Opening[] => {
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

/** Whether all whom a rule means are at a location; a selector means whoever may ever answer it. */
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
