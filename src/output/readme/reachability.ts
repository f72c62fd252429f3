import type { Environment } from '../../environment/environment.js';
import type { Connection, End } from '../../model/connection.js';
import { portText } from '../../model/endpoint.js';
import { code, distinct, listed, table } from './markdown.js';

/** The allowed connections with their ports, and whose policies enforce them. */
export const reachability = (
  { otherNamespaces }: Environment,
  connections: readonly Connection[],
): string[] => {
  const isolated = Object.keys(otherNamespaces);
  const rows = new Map<string, Row>();
  for (const { consumer, provider, endpoint, capability } of connections) {
    const port = portText(endpoint);
    const enforced = enforcedBy(isEnforced(consumer, isolated), isEnforced(provider, isolated));
    const key = [provider.party, provider.workload, port, enforced].join(' ');
    const row = rows.get(key) ?? { provider, port, enforced, from: [], what: [] };
    rows.set(key, {
      ...row,
      from: distinct([...row.from, nameOf(consumer)]),
      what: distinct([...row.what, capability]),
    });
  }
  return [
    '## Allowed connections',
    'Synth simulates the network policies: they allow these connections and block all others that a policy can block. If only one end enforces a connection, the other end is not in pods of the stack. If no end does, no policy can select the pods of either end.',
    table(
      ['to', 'port', 'from', 'for', 'enforced at'],
      [...rows.values()]
        .sort(byProvider)
        .map(({ provider, port, from, what, enforced }) => [
          nameOf(provider),
          code(port),
          listed(from),
          what.join(', '),
          enforced,
        ]),
    ),
  ];
};

interface Row {
  readonly provider: End;
  readonly port: string;
  readonly enforced: string;
  readonly from: readonly string[];
  readonly what: readonly string[];
}

const nameOf = ({ party, workload }: End): string =>
  party === workload ? party : `${party} (${workload})`;

/** Whether policies of the stack apply to an end. */
const isEnforced = ({ own, location }: End, isolated: readonly string[]): boolean =>
  location.kind === 'pods' &&
  !location.hostNetwork &&
  (own || isolated.includes(location.namespace));

const enforcedBy = (sender: boolean, receiver: boolean): string => {
  if (sender && receiver) return 'both ends';
  if (sender) return 'the client';
  return receiver ? 'the server' : 'no end';
};

const byProvider = (a: Row, b: Row): number => {
  const [first, second] = [nameOf(a.provider), nameOf(b.provider)];
  return first === second ? 0 : first < second ? -1 : 1;
};
