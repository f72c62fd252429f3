import type { PodLocation } from '../../../model/location.js';
import { titleOf } from '../../../model/manifest.js';
import { selectorText } from '../../support/reference/reference.js';
import { selects, selectsAll } from '../../support/selector.js';
import { recordOf } from '../../support/untyped.js';
import type { Result } from './faults.js';
import type { Network } from './network.js';
import { type Opening, openingsOf, type Peer, type Port, within } from './opening.js';
import type { Direction, Flow, Policy } from './traffic.js';

/** Pods, and the flows that declared connections need in one direction. */
export interface Subject {
  readonly name: string;
  readonly pods: PodLocation;
  readonly needs: readonly Flow[];
}

/** Openings of a policy for the pods of a subject that no declared connection needs. */
export const excessOf = (
  policy: Policy,
  direction: Direction,
  { name, needs }: Subject,
  others: readonly Subject[],
  network: Network,
): Result[] =>
  openingsOf(policy, direction).flatMap((opening) => {
    const neededByPeer = needs.filter(({ peer }) => within(opening.peer, peer, network));
    const ports = superfluous(opening, neededByPeer);
    if (ports.length === 0) return [];
    const peerName = describe(opening.peer, others, network);
    return [
      {
        place: {
          object: titleOf(policy.manifest.object),
          construct: policy.manifest.construct,
          path: opening.path,
        },
        fault: 'unneeded-opening',
        message:
          direction === 'ingress'
            ? `No declared connection needs ingress to ${name} from ${peerName}.`
            : `No declared connection needs egress from ${name} to ${peerName}.`,
        value: ports.join(', '),
        remedy: neededByPeer.length
          ? `Allow only ${[...new Set(neededByPeer.map(({ protocol, port }) => `${protocol} ${port}`))].join(', ')}, or declare who consumes what.`
          : 'Remove it, or declare who consumes what: policies are derived from the declarations.',
      },
    ];
  });

const superfluous = ({ ports, peer }: Opening, neededByPeer: readonly Flow[]): string[] => {
  if (peer.kind === 'unread') return [`${peer.field}, which Crowsnest does not use`];
  // Only a rule without ports allows ICMP.
  if (ports.length === 0) {
    return neededByPeer.some(({ protocol }) => protocol === 'ICMP') ? [] : ['every port'];
  }
  return ports.filter((port) => !isNeeded(port, neededByPeer)).map(textOf);
};

const isNeeded = ({ protocol, port, endPort }: Port, neededByPeer: readonly Flow[]): boolean => {
  const needed = neededByPeer.filter((flow) => flow.protocol === protocol);
  if (typeof port === 'string') return needed.some(({ portNames }) => portNames.includes(port));
  if (port === undefined) return false;
  const numbers = new Set(needed.map((flow) => flow.port));
  const last = endPort ?? port;
  // A range with more ports than needed ports contains an unneeded one.
  if (last - port >= numbers.size) return false;
  for (let number = port; number <= last; number += 1) if (!numbers.has(number)) return false;
  return true;
};

const textOf = ({ protocol, port, endPort }: Port): string =>
  port === undefined
    ? `every port of ${protocol}`
    : `${protocol} ${port}${endPort === undefined ? '' : ` to ${endPort}`}`;

const describe = (peer: Peer, others: readonly Subject[], network: Network): string => {
  switch (peer.kind) {
    case 'everyone':
      return 'everyone';
    case 'block':
      return peer.block.cidr;
    case 'entity':
      return `the Cilium entity ${peer.name}`;
    case 'unread':
      return 'others';
    case 'pods': {
      const { podSelector, namespaceSelector, namespace } = peer;
      const place = !namespaceSelector
        ? namespace
        : selectsAll(namespaceSelector)
          ? 'the cluster'
          : (recordOf(namespaceSelector.matchLabels)['kubernetes.io/metadata.name'] ??
            `namespaces with ${selectorText(namespaceSelector.matchLabels)}`);
      if (selectsAll(podSelector)) return `every pod of ${place}`;
      const known = others
        .filter(({ pods }) => selects(podSelector, pods.labels))
        .filter(({ pods }) =>
          namespaceSelector
            ? selects(namespaceSelector, network.labelsOf(pods.namespace))
            : pods.namespace === namespace,
        );
      const labels = `pods of ${place} with ${selectorText(podSelector?.matchLabels)}`;
      return known.length > 0 ? `${known.map((one) => one.name).join(', ')} (${labels})` : labels;
    }
  }
};
