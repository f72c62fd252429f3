import type { Location } from '../../model/location.js';
import { type Loose, listOf } from '../reference/lenient.js';
import type { Flow } from './traffic.js';

// https://docs.cilium.io/en/stable/security/policy/layer3/#entities-based
const members: Readonly<Record<string, readonly string[]>> = {
  all: ['host', 'remote-node', 'kube-apiserver'],
  cluster: ['host', 'remote-node'],
};

/** What Cilium calls a location that it does not match by address. */
export const entitiesOf = (peer: Location): readonly string[] => {
  if (peer.kind === 'addresses') return peer.ciliumEntity ? [peer.ciliumEntity] : [];
  return peer.kind === 'nodes' || peer.hostNetwork ? ['host', 'remote-node'] : [];
};

/** Whether a rule of a CiliumNetworkPolicy allows a flow; only entities are judged. */
export const allowsEntity = (rule: Loose, { direction, peer, ...flow }: Flow): boolean => {
  const open = listOf(direction === 'ingress' ? rule.fromEntities : rule.toEntities).flatMap(
    (entity) => [entity, ...(members[entity] ?? [])],
  );
  const needed = entitiesOf(peer);
  return (
    needed.length > 0 && needed.every((entity) => open.includes(entity)) && opensPort(rule, flow)
  );
};

/** Whether a CiliumNetworkPolicy denies its pods what no rule allows, unless told otherwise. */
export const denies = (spec: Loose, direction: Flow['direction']): boolean =>
  spec.enableDefaultDeny?.[direction] ??
  [...listOf(spec[direction]), ...listOf(spec[`${direction}Deny`])].length > 0;

const opensPort = (
  { toPorts }: Loose,
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
