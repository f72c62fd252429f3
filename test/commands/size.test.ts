import { expect, test } from 'vitest';
import { minimal } from '../environment.js';
import { clone } from '../output/command.js';
import { fill } from '../output/folder.js';
import { crowsnest } from './command.js';

test('crowsnest size prints the estimate, or what is wrong', async () => {
  const folder = clone({ 'environments/staging.ts': `export default ${JSON.stringify(minimal)};` });
  const right = await crowsnest(folder, 'size', 'staging', '--nodes', '7', '--pods', '100');
  expect(right).toMatchObject({ status: 0, stderr: '' });
  expect(right.stdout).toContain('in a cluster of 7 nodes with 4 cores each and 100 pods:');

  const json = await crowsnest(folder, 'size', 'staging', '--nodes', '20', '--json');
  expect(JSON.parse(json.stdout).cluster).toEqual({ nodes: 20, cores: 4, pods: 600 });

  const wrong = await crowsnest(folder, 'size', 'staging', '--retention', '90');
  expect([wrong.status, wrong.stdout]).toEqual([1, '']);
  expect(wrong.stderr).toContain('prometheus.retention (config/invalid-value)');

  fill(folder, { 'environments/staging.ts': 'export default {};' });
  const broken = await crowsnest(folder, 'size', 'staging');
  expect([broken.status, broken.stdout]).toEqual([1, '']);
  expect(broken.stderr).not.toMatch(/\n\s+at /);
});
