import type { KubernetesObject } from '../../model/manifest.js';
import { type Change, kindOf } from '../change.js';
import type { Comparison } from '../comparison.js';
import { type Json, list, record, records } from '../untyped.js';

/** Connections that network policies allow, each once, although both ends have a policy. */
export const connections = ({ pairs }: Comparison): Change[] => {
  const on = (side: 'before' | 'after') =>
    pairs.flatMap(({ [side]: policy }) => (policy && isPolicy(policy.kind) ? allowed(policy) : []));
  const [before, after] = [portsOf(on('before')), portsOf(on('after'))];
  return [...new Set([...before.keys(), ...after.keys()])].sort().flatMap((subject): Change[] => {
    const [old, fresh] = [before.get(subject), after.get(subject)];
    if (old === fresh) return [];
    const detail = {
      what: subject.startsWith(isolated) ? 'directions' : 'ports',
      ...(old !== undefined && { before: old }),
      ...(fresh !== undefined && { after: fresh }),
    };
    return [{ section: 'connections', kind: kindOf(old, fresh), subject, details: [detail] }];
  });
};

/** Whether objects of a kind allow or deny connections. */
export const isPolicy = (kind: string): boolean =>
  kind === 'NetworkPolicy' || kind === 'CiliumNetworkPolicy';

type Allowed = readonly [subject: string, ports: readonly string[]];

const portsOf = (all: readonly Allowed[]): Map<string, string> => {
  const found = new Map<string, Set<string>>();
  for (const [subject, ports] of all) {
    found.set(subject, new Set([...(found.get(subject) ?? []), ...ports]));
  }
  return new Map([...found].map(([subject, ports]) => [subject, sorted([...ports]).join(', ')]));
};

const sorted = (ports: readonly string[]): string[] =>
  [...ports].sort((a, b) => Number.parseInt(a, 10) - Number.parseInt(b, 10) || (a < b ? -1 : 1));

const isolated = 'isolation of ';

const allowed = (policy: KubernetesObject): Allowed[] => {
  const { namespace = 'default' } = policy.metadata;
  const spec = record(policy.spec);
  const pods = podsOf(
    policy.kind === 'NetworkPolicy' ? spec.podSelector : spec.endpointSelector,
    namespace,
  );
  return [
    ...(spec.policyTypes ? [[`${isolated}${pods}`, list(spec.policyTypes)] as const] : []),
    ...records(spec.ingress).flatMap((rule) =>
      peersOf(rule, 'from', namespace).map((peer): Allowed => [`${peer} → ${pods}`, portsIn(rule)]),
    ),
    ...records(spec.egress).flatMap((rule) =>
      peersOf(rule, 'to', namespace).map((peer): Allowed => [`${pods} → ${peer}`, portsIn(rule)]),
    ),
  ];
};

const peersOf = (rule: Json, side: 'from' | 'to', namespace: string): string[] => {
  const ofCilium = ['Entities', 'Endpoints', 'CIDR', 'CIDRSet', 'FQDNs']
    .flatMap((kind) => list(rule[`${side}${kind}`]))
    .map((peer) => (typeof peer === 'string' ? peer : (peer?.cidr ?? podsOf(peer, namespace))));
  const own = records(rule[side]).map(({ ipBlock, namespaceSelector, podSelector }) =>
    ipBlock ? blockOf(ipBlock) : podsOf(podSelector, namespaceOf(namespaceSelector) ?? namespace),
  );
  const peers = [...ofCilium, ...own];
  return peers.length > 0 ? peers : ['anywhere'];
};

const blockOf = ({ cidr, except }: Json): string =>
  list(except).length > 0 ? `${cidr} without ${list(except).join(', ')}` : `${cidr}`;

const namespaceOf = (selector: Json): string | undefined => {
  if (!selector) return undefined;
  const { 'kubernetes.io/metadata.name': name } = record(selector.matchLabels);
  return name ?? textOf(selector) ?? 'all namespaces';
};

/** The pods of a selector: those of a stack by the name of the workload. */
const podsOf = (selector: Json, namespace: string): string => {
  const { 'app.kubernetes.io/component': workload, 'app.kubernetes.io/instance': stack } = record(
    record(selector).matchLabels,
  );
  return `${namespace}/${workload && stack ? workload : (textOf(selector) ?? 'all pods')}`;
};

const textOf = (selector: Json): string | undefined => {
  const { matchLabels, matchExpressions } = record(selector);
  const parts = [
    ...Object.entries(record(matchLabels)).map(([name, value]) => `${name}=${value}`),
    ...list(matchExpressions).map((one) => JSON.stringify(one)),
  ];
  return parts.length > 0 ? parts.join(',') : undefined;
};

const portsIn = (rule: Json): string[] => {
  const ports = rule.toPorts
    ? records(rule.toPorts).flatMap((one) => records(one.ports))
    : records(rule.ports);
  if (ports.length === 0) return ['all ports'];
  return ports.map(
    ({ port, endPort, protocol = 'TCP' }) =>
      `${port ?? 'all'}${endPort ? `-${endPort}` : ''}/${protocol}`,
  );
};
