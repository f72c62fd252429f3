import type { Location, PodLocation } from '../../../model/location.js';
import { contains, covers } from '../../support/address.js';
import { selects, selectsAll } from '../../support/selector.js';
import { listOf, recordOf, type Untyped } from '../../support/untyped.js';
import { allowsEntity, denies, entitiesOf } from './cilium.js';
import type { Network } from './network.js';
import type { Direction, Flow, Policy } from './traffic.js';

/** The policies that select the pods. */
export const policiesOf = ({ namespace, labels }: PodLocation, network: Network): Policy[] =>
  network.policiesIn(namespace).filter((policy) => selects(selectorOf(policy), labels));

/** Whether a policy denies the traffic of its pods that no policy allows. */
export const isolates = ({ kind, spec }: Policy, direction: Direction): boolean =>
  kind === 'NetworkPolicy' ? typesOf(spec).includes(direction) : denies(spec, direction);

/** Whether a policy isolates every pod of its namespace, and allows nothing. */
export const deniesAll = (policy: Policy, direction: Direction): boolean =>
  selectsAll(selectorOf(policy)) &&
  isolates(policy, direction) &&
  listOf(policy.spec[direction]).every((rule) => Object.keys(recordOf(rule)).length === 0) &&
  // An empty rule allows everything in a NetworkPolicy, and nothing in a CiliumNetworkPolicy.
  (policy.kind === 'CiliumNetworkPolicy' || listOf(policy.spec[direction]).length === 0);

/** Whether any of the policies allows the flow. */
export const permits = (policies: readonly Policy[], flow: Flow, network: Network): boolean =>
  policies.some(
    (policy) =>
      // Kubernetes ignores rules of a direction that is not in policyTypes.
      isolates(policy, flow.direction) &&
      listOf(policy.spec[flow.direction]).some((rule) =>
        policy.kind === 'NetworkPolicy'
          ? opensPort(rule, flow) && allowsPeer(rule, flow, policy.namespace, network)
          : allowsEntity(rule, flow),
      ),
  );

/** The selector of the pods to which a policy applies. */
export const selectorOf = ({ kind, spec }: Policy): Untyped =>
  kind === 'NetworkPolicy' ? spec.podSelector : spec.endpointSelector;

const typesOf = ({ policyTypes, egress }: Untyped): string[] =>
  policyTypes
    ? listOf(policyTypes).map((type) => `${type}`.toLowerCase())
    : ['ingress', ...(listOf(egress).length > 0 ? ['egress'] : [])];

/** A rule without ports allows every port. */
const opensPort = ({ ports }: Untyped, { port, portNames, protocol }: Flow): boolean =>
  listOf(ports).length === 0 ||
  listOf(ports).some(
    (one) =>
      (one.protocol ?? 'TCP') === protocol &&
      (one.port === undefined ||
        one.port === port ||
        portNames.includes(one.port) ||
        (one.port <= port && port <= one.endPort)),
  );

/** Whether a rule allows the whole location (all addresses or pods), or has no peers. */
const allowsPeer = (
  rule: Untyped,
  { direction, peer }: Flow,
  namespace: string,
  network: Network,
): boolean => {
  const peers = listOf(direction === 'ingress' ? rule.from : rule.to);
  if (peers.length === 0) return true;
  if (peer.kind === 'pods' && !peer.hostNetwork) {
    return peers.some(
      ({ podSelector, namespaceSelector }) =>
        (podSelector || namespaceSelector) &&
        selects(podSelector, peer.labels) &&
        (namespaceSelector
          ? selects(namespaceSelector, network.labelsOf(peer.namespace))
          : peer.namespace === namespace),
    );
  }
  const needed = peer.kind === 'addresses' ? peer.cidrs : network.nodeCidrs;
  const left = peer.kind === 'addresses' ? (peer.except ?? []) : [];
  return needed.every(
    (cidr) =>
      !knownToCilium(peer, cidr, network) &&
      peers.some(({ ipBlock }) => ipBlock && covers(ipBlock, cidr, left)),
  );
};

/** Cilium does not match nodes and other entities by address. */
const knownToCilium = (peer: Location, cidr: string, { plugin, nodeCidrs }: Network) =>
  plugin === 'cilium' &&
  (entitiesOf(peer).length > 0 || nodeCidrs.some((nodes) => contains(nodes, cidr)));
