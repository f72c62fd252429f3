import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { repository } from '../output/command.js';
import { clusters } from './clusters.js';
import { readingOf, written } from './environments.js';

/** Values of the cluster in the file of each platform: all of them, and those to confirm by hand. */
const table = (): string => {
  const rows = Object.entries(clusters).map(([name, objects]) => {
    const { found, left } = written(readingOf(objects), name).lookUps;
    return `| ${name} | ${found.length + left.length} | ${left.length}: ${left.map((one) => `\`${one}\``).join(', ')} |`;
  });
  return ['| platform | before | with `init` |', '|---|---|---|', ...rows].join('\n');
};

test('the page about configuration has the number of values to look up, before and with init', () => {
  const page = readFileSync(join(repository, 'docs/configure.md'), 'utf8');
  expect(page).toContain(table());
});

test('no object has the subnets of the nodes, and on EKS those of the cluster, which are left', () => {
  for (const [name, objects] of Object.entries(clusters)) {
    const { found, left } = written(readingOf(objects), name).lookUps;
    const isEks = name.startsWith('eks');
    const endpoints = isEks ? ['cluster.apiServer.endpointCidrs'] : [];
    expect([name, left]).toEqual([name, ['cluster.nodeCidrs', ...endpoints]]);
    expect(found.length).toBeGreaterThanOrEqual(6);
  }
});
