import type { Finding } from '../../model/finding.js';
import type { PodLocation } from '../../model/location.js';
import { titleOf } from '../../model/manifest.js';
import { recordOf } from '../reference/lenient.js';
import { selectorText } from '../reference/reference.js';
import type { Network } from './network.js';
import { type Opening, openingsOf, type Peer, type Port, within } from './opening.js';
import { selects, selectsAll } from './selector.js';
import type { Direction, Flow, Policy } from './traffic.js';

/** Pods that policies select, and what declared connections need of them in one direction. */
export interface Subject {
  readonly name: string;
  readonly pods: PodLocation;
  readonly needs: readonly Flow[];
}

/** What a policy opens for the pods of a subject that no declared connection needs. */
export const excessOf = (
  policy: Policy,
  direction: Direction,
  { name, needs }: Subject,
  others: readonly Subject[],
  network: Network,
): Omit<Finding, 'check'>[] =>
  openingsOf(policy, direction).flatMap((opening) => {
    const meant = needs.filter(({ peer }) => within(opening.peer, peer, network));
    const ports = superfluous(opening, meant);
    if (ports.length === 0) return [];
    const way = direction === 'ingress' ? `reach ${name} from` : `leave ${name} for`;
    return [
      {
        severity: 'error',
        place: {
          object: titleOf(policy.manifest.object),
          construct: policy.manifest.construct,
          path: opening.path,
        },
        message: `It lets traffic ${way} ${describe(opening.peer, others, network)}, which no declared connection needs.`,
        value: ports.join(', '),
        remedy: meant.length
          ? `Open ${[...new Set(meant.map(({ protocol, port }) => `${protocol} ${port}`))].join(', ')} alone, or declare who consumes what.`
          : 'Take it out, or declare who consumes what: policies follow from that.',
      },
    ];
  });

const superfluous = ({ ports, peer }: Opening, meant: readonly Flow[]): string[] => {
  if (peer.kind === 'unread') return [`${peer.field}, which no declared connection is written as`];
  if (ports.length === 0) return ['every port'];
  return ports.filter((port) => !isNeeded(port, meant)).map(textOf);
};

const isNeeded = ({ protocol, port, endPort }: Port, meant: readonly Flow[]): boolean => {
  const needed = meant.filter((flow) => flow.protocol === protocol);
  if (typeof port === 'string') return needed.some(({ portNames }) => portNames.includes(port));
  if (port === undefined) return false;
  const numbers = new Set(needed.map((flow) => flow.port));
  const last = endPort ?? port;
  // A range of more ports than are needed holds one that is not.
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
      return `what Cilium calls ${peer.name}`;
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
