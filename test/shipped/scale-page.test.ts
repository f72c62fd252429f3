import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import type { Estimate } from '../../src/cli/size/estimate.js';
import { formatBytes, formatCores } from '../../src/model/quantity.js';
import { repository } from '../alerts/promtool.js';
import { crowsnest } from '../commands/command.js';

const page = readFileSync(join(repository, 'docs/scale.md'), 'utf8');
const rows = [...page.matchAll(/^\| (\d+) \| .*$/gm)].map(([row, nodes]) => ({
  row,
  nodes: nodes!,
}));

const estimateFor = async (nodes: string): Promise<Estimate> => {
  const args = ['size', 'production', '--nodes', nodes, '--json'];
  return JSON.parse((await crowsnest(repository, ...args)).stdout);
};

test('the page has the growth of production', () => {
  expect(rows.map(({ nodes }) => nodes)).toEqual(['50', '250', '1000', '5000']);
});

test.each(rows)('$nodes nodes need what the page states', async ({ row, nodes }) => {
  const { cluster, asIs } = await estimateFor(nodes);
  const { need, enoughFor, limit } = asIs.prometheus!;
  const cells = [
    nodes,
    `${cluster.pods}`,
    `${need.series}`,
    `${Math.round(need.samplesPerSecond)}`,
    formatBytes(need.memory),
    formatBytes(need.disk),
    formatCores(asIs.totals.cpu),
    formatBytes(asIs.totals.memory),
  ];
  expect(row).toBe(`| ${cells.join(' | ')} |`);
  expect(limit).toBe('disk');
  expect(page).toContain(`is enough for ${enoughFor} nodes`);
});
