import type { Location } from '../../../model/location.js';
import { listOf, type Untyped } from '../../support/untyped.js';
import type { Flow } from './traffic.js';

// https://docs.cilium.io/en/stable/security/policy/layer3/#entities-based
const members: Readonly<Record<string, readonly string[]>> = {
  all: ['host', 'remote-node', 'kube-apiserver'],
  cluster: ['host', 'remote-node'],
};

/** The Cilium entities of a location that Cilium does not match by address. */
export const entitiesOf = (peer: Location): readonly string[] => {
  if (peer.kind === 'addresses') return peer.ciliumEntity ? [peer.ciliumEntity] : [];
  return peer.kind === 'nodes' || peer.hostNetwork ? ['host', 'remote-node'] : [];
};

/** Whether a rule of a CiliumNetworkPolicy allows a flow; only entities are evaluated. */
export const allowsEntity = (rule: Untyped, { direction, peer, ...flow }: Flow): boolean => {
  const open = listOf(direction === 'ingress' ? rule.fromEntities : rule.toEntities).flatMap(
    (entity) => [entity, ...(members[entity] ?? [])],
  );
  const needed = entitiesOf(peer);
  return (
    needed.length > 0 && needed.every((entity) => open.includes(entity)) && opensPort(rule, flow)
  );
};

/** Whether a CiliumNetworkPolicy denies what no rule allows; `enableDefaultDeny` overrides the default. */
export const denies = (spec: Untyped, direction: Flow['direction']): boolean =>
  spec.enableDefaultDeny?.[direction] ??
  [...listOf(spec[direction]), ...listOf(spec[`${direction}Deny`])].length > 0;

const opensPort = (
  { toPorts }: Untyped,
  { port, protocol }: Pick<Flow, 'port' | 'protocol'>,
): boolean => {
  const open = listOf(toPorts);
  return (
    open.length === 0 ||
    open.some(
      ({ ports }) =>
        listOf(ports).length === 0 ||
        listOf(ports).some(
          (one) =>
            ['ANY', protocol].includes(one.protocol ?? 'ANY') &&
            (Number(one.port) === port || (Number(one.port) <= port && port <= one.endPort)),
        ),
    )
  );
};
