import type { Environment } from '../../config/environment.js';
import type { Connection, End } from '../../model/connection.js';
import { code, distinct, listed, table } from './markdown.js';

/** Who may reach whom, on which port, and whose policies hold it. */
export const reachability = (
  { otherNamespaces }: Environment,
  connections: readonly Connection[],
): string[] => {
  const isolated = Object.keys(otherNamespaces);
  const rows = new Map<string, Row>();
  for (const { consumer, provider, endpoint, capability } of connections) {
    const port = `${endpoint.protocol ?? 'TCP'} ${endpoint.port}`;
    const held = heldBy(isHeld(consumer, isolated), isHeld(provider, isolated));
    const key = [provider.party, provider.workload, port, held].join(' ');
    const row = rows.get(key) ?? { provider, port, held, from: [], what: [] };
    rows.set(key, {
      ...row,
      from: distinct([...row.from, nameOf(consumer)]),
      what: distinct([...row.what, capability]),
    });
  }
  return [
    '## Who may reach whom',
    'Synth has simulated the network policies: this is open, and nothing else that a policy can close. Where the policies of only one side hold, the other is not in pods of the stack; where none do, neither is in pods that a policy can select.',
    table(
      ['to', 'port', 'from', 'for', 'policies hold at'],
      [...rows.values()]
        .sort(byProvider)
        .map(({ provider, port, from, what, held }) => [
          nameOf(provider),
          code(port),
          listed(from),
          what.join(', '),
          held,
        ]),
    ),
  ];
};

interface Row {
  readonly provider: End;
  readonly port: string;
  readonly held: string;
  readonly from: readonly string[];
  readonly what: readonly string[];
}

const nameOf = ({ party, workload }: End): string =>
  party === workload ? party : `${party} (${workload})`;

/** Whether policies that ship hold for an end. */
const isHeld = ({ own, location }: End, isolated: readonly string[]): boolean =>
  location.kind === 'pods' &&
  !location.hostNetwork &&
  (own || isolated.includes(location.namespace));

const heldBy = (sender: boolean, receiver: boolean): string => {
  if (sender && receiver) return 'both ends';
  if (sender) return 'the sender';
  return receiver ? 'the receiver' : 'none';
};

const byProvider = (a: Row, b: Row): number => {
  const [first, second] = [nameOf(a.provider), nameOf(b.provider)];
  return first === second ? 0 : first < second ? -1 : 1;
};
