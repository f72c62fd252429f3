import type { Connection } from '../model/connection.js';
import type { LocatedParty } from './locate.js';

/** The topology as a Mermaid flow chart, with an arrow from each consumer to each provider. */
export const diagram = (
  parties: readonly LocatedParty[],
  connections: readonly Connection[],
): string => {
  const involved = new Set(
    connections.flatMap(({ consumer, provider }) => [consumer.party, provider.party]),
  );
  const shown = parties.filter(({ name, own }) => own || involved.has(name));
  const node = ({ name }: LocatedParty) => `${id(name)}["${name}"]`;
  return [
    'flowchart LR',
    '  subgraph stack["deployed here"]',
    ...shown.filter(({ own }) => own).map((party) => `    ${node(party)}`),
    '  end',
    ...shown.filter(({ own }) => !own).map((party) => `  ${node(party)}`),
    ...arrows(connections),
  ].join('\n');
};

const arrows = (connections: readonly Connection[]): string[] => {
  const labels = new Map<string, Set<string>>();
  for (const { consumer, provider, capability, endpoint } of connections) {
    const key = `${id(consumer.party)} -->|`;
    const arrow = `${key}%| ${id(provider.party)}`;
    const label = labels.get(arrow) ?? new Set<string>();
    labels.set(
      arrow,
      label.add(`${capability} ${endpoint.icmp === undefined ? endpoint.port : 'ICMP'}`),
    );
  }
  return [...labels].map(
    ([arrow, label]) => `  ${arrow.replace('%', `"${[...label].join('<br>')}"`)}`,
  );
};

// The prefix avoids `end` and the name of the subgraph, which have a meaning in Mermaid.
const id = (name: string): string => `party_${name.replaceAll('-', '_')}`;
