import { join } from 'node:path';
import { expect, test } from 'vitest';
import { clone } from '../output/command.js';
import { contentOf } from '../output/folder.js';
import { crowsnest } from './command.js';

test('crowsnest new writes the files of an alert group, and never overwrites one', async () => {
  const folder = clone({ 'alerts/taken.md': 'mine', 'environments/.gitkeep': '' });
  expect(await crowsnest(folder, 'new', 'alert', 'carts')).toEqual({
    status: 0,
    stdout: 'alerts/carts.ts\nalerts/carts.test.yaml\nalerts/carts.md\n',
    stderr: 'Edit them, then: npx crowsnest test carts && npx crowsnest synth\n',
  });
  const { status, stderr } = await crowsnest(folder, 'new', 'alert', 'taken');
  expect([status, stderr]).toEqual([
    2,
    'alerts/taken.md exists already. Nothing was written: choose another name.\n',
  ]);
  const alerts = Object.keys(contentOf(join(folder, 'alerts')));
  expect(alerts.sort()).toEqual(['carts.md', 'carts.test.yaml', 'carts.ts', 'taken.md']);
});

test('crowsnest new writes an alert about the application that has its name', async () => {
  const worker = { name: 'worker', namespace: 'jobs', labels: { app: 'worker' } };
  const folder = clone({
    'environments/.gitkeep': '',
    'applications/worker.ts': `export default ${JSON.stringify({ ...worker, metrics: { port: 9464 } })};`,
    'applications/spans.ts': `export default ${JSON.stringify({ ...worker, name: 'spans', traces: true })};`,
  });
  for (const name of ['worker', 'spans']) await crowsnest(folder, 'new', 'alert', name);
  const alerts = contentOf(join(folder, 'alerts'));
  expect(alerts['worker.ts']).toContain("needs: ['worker']");
  expect(alerts['worker.ts']).toContain('up{job="worker"}');
  expect(alerts['worker.md']).toContain('kubectl -n jobs get pods');
  // It has no metrics page, so no scrape job.
  expect(alerts['spans.ts']).toContain("needs: ['prometheus']");
});
