import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { newDashboard } from '../../src/cli/new/dashboard.js';
import { cloneLibrary } from '../../src/cli/new/library.js';
import { minimal } from '../environment.js';
import { clone } from '../output/command.js';
import { contentOf, fill } from '../output/folder.js';
import { crowsnest } from './command.js';

const right = {
  'environments/staging.ts': `export default ${JSON.stringify(minimal)};`,
  'dashboards/checkout.ts': newDashboard('checkout', cloneLibrary),
};

test('crowsnest preview writes the gallery, or nothing and what is wrong', async () => {
  const folder = clone(right);
  expect(await crowsnest(folder, 'preview')).toEqual({
    status: 0,
    stdout: '.preview/index.html\n',
    stderr: '1 dashboard of staging, with no findings. Open this file in a browser.\n',
  });
  expect(contentOf(join(folder, '.preview'))['checkout.html']).toContain('Crowsnest');
  expect(existsSync(join(folder, 'dist'))).toBe(false);

  const wrong = await crowsnest(folder, 'preview', '-e', 'stagin');
  expect([wrong.status, wrong.stderr]).toEqual([
    2,
    expect.stringContaining("Did you mean 'staging'?"),
  ]);
  fill(folder, { 'environments/staging.ts': 'export default {};' });
  const broken = await crowsnest(folder, 'preview');
  expect([broken.status, broken.stdout]).toEqual([1, '']);
  expect(broken.stderr).toMatch(/^environments\/staging\.ts/);
  expect(broken.stderr).not.toMatch(/\n\s+at /);
});
