import { describe, expect, test } from 'vitest';
import { diagram } from '../../src/derive/diagram.js';
import { metrics, offer } from '../../src/model/offer.js';
import { build, minimal } from '../environment.js';
import { connection, party } from './declare.js';

const collector = party('collector', { own: true });
const scraped = (provider: string, port = 80) =>
  connection({ port, offers: [metrics()] }, { provider });

describe('the diagram', () => {
  test('has a box for each party, with deployed parties in a group, and an arrow to each provider', () => {
    expect(
      diagram([collector, party('node-cache')], [scraped('node-cache')]),
    ).toMatchInlineSnapshot(`
      "flowchart LR
        subgraph stack["deployed here"]
          party_collector["collector"]
        end
        party_node_cache["node-cache"]
        party_collector -->|"metrics 80"| party_node_cache"
    `);
  });

  test('has one arrow between two parties, with each consumed capability once', () => {
    const dns = connection({ port: 53, offers: [offer('dns')] });
    const lines = diagram([collector, party('cart')], [scraped('cart'), dns, dns]).split('\n');
    expect(lines.filter((line) => line.includes('-->'))).toEqual([
      '  party_collector -->|"metrics 80<br>dns 53"| party_cart',
    ]);
  });

  test('leaves out foreign parties without connections', () => {
    expect(diagram([collector, party('cart')], [])).not.toContain('cart');
  });

  test('shows a component without connections', () => {
    expect(diagram([collector], [])).toContain('collector["collector"]');
  });
});

describe('the Mermaid text of a whole environment', () => {
  const { parties, connections } = build(minimal);
  const lines = diagram(parties, connections).split('\n');
  const box = /^ {2,4}([a-z0-9_]+)\["([-a-z0-9 ]+)"\]$/;
  const arrow = /^ {2}([a-z0-9_]+) -->\|"[-a-z0-9 ]+(?:<br>[-a-z0-9 ]+)*"\| ([a-z0-9_]+)$/;

  test('has boxes and arrows whose ids have no dash', () => {
    const others = lines.filter((line) => !box.test(line) && !arrow.test(line));
    expect(others).toEqual(['flowchart LR', '  subgraph stack["deployed here"]', '  end']);
  });

  test('has a box for each end of an arrow, and no duplicate id', () => {
    const ids = lines.flatMap((line) => box.exec(line)?.[1] ?? []);
    const ends = lines.flatMap((line) => arrow.exec(line)?.slice(1) ?? []);
    expect(new Set(ids).size).toBe(ids.length);
    expect(ends.length).toBeGreaterThan(0);
    expect(ids).toEqual(expect.arrayContaining(ends));
  });
});
