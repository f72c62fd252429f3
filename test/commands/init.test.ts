import { join } from 'node:path';
import { expect, test } from 'vitest';
import { clusters } from '../cluster/clusters.js';
import { clone } from '../output/command.js';
import { contentOf } from '../output/folder.js';
import { crowsnest } from './command.js';

test('crowsnest init writes an environment from a saved cluster, in a clone with its sources', async () => {
  const folder = clone({
    'cluster.json': JSON.stringify({ apiVersion: 'v1', kind: 'List', items: clusters.kind }),
  });
  const args = ['init', '--from', 'cluster.json', '--yes', '--name', 'laptop'];
  const { status, stdout, stderr } = await crowsnest(folder, ...args);
  expect([status, stderr]).toEqual([0, '']);
  expect(stdout).toMatch(/^ {2}platform +kind \(providerID kind:/m);
  expect(stdout).toContain('Wrote environments/laptop.ts');
  expect(contentOf(join(folder, 'environments'))['laptop.ts']).toMatch(
    /^import type .* from '..\/src\/index.js';/,
  );
});
