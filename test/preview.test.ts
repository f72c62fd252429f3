import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { describe, expect, test } from 'vitest';
import { previewedDashboards } from '../scripts/preview/dashboards.js';
import { newDashboard } from '../src/cli/new/dashboard.js';
import { cloneLibrary } from '../src/cli/new/library.js';
import { minimal } from './environment.js';
import { clone, repository, run } from './output/command.js';
import { fill, temporaryFolder } from './output/folder.js';

const kit = pathToFileURL(join(repository, 'src/content/grafana.ts')).href;
const written = newDashboard('checkout', { ...cloneLibrary, grafana: kit });
const right = {
  'environments/staging.ts': `export default ${JSON.stringify(minimal)};`,
  'dashboards/checkout.ts': written,
};
const preview = (files: Record<string, string>, environment = 'staging') =>
  previewedDashboards(environment, fill(temporaryFolder(), { ...right, ...files }));

describe('the preview', () => {
  test('shows the dashboards of an environment', async () => {
    const { dashboards, findings } = await preview({});
    expect([dashboards.map(({ uid }) => uid), findings]).toEqual([['checkout'], []]);
  });

  test.each<[string, Record<string, string>, object]>([
    [
      'a dashboard that cannot be loaded',
      { 'dashboards/checkout.ts': written.replace('title:', 'titel:') },
      { code: 'content/unknown-option' },
    ],
    [
      'an environment with a typo',
      { 'environments/staging.ts': `export default ${JSON.stringify({ ...minimal, size: 'x' })}` },
      { code: 'config/invalid-value', place: { path: 'size' } },
    ],
    [
      'an environment that cannot be loaded',
      { 'environments/staging.ts': 'throw new Error("broken");' },
      { code: 'config/not-loadable', message: 'The file cannot be loaded: broken' },
    ],
    [
      'an environment with an invalid choice',
      {
        'environments/staging.ts': `export default ${JSON.stringify({ ...minimal, choices: { promql: 'thanos' } })}`,
      },
      { code: expect.stringMatching(/^connections\//) },
    ],
  ])('shows nothing, and reports %s', async (_, files, finding) => {
    const { dashboards, findings } = await preview(files);
    expect(dashboards).toEqual([]);
    expect(findings[0]).toMatchObject({ severity: 'error', ...finding });
  });

  test('works if another environment is broken', async () => {
    const { dashboards } = await preview({ 'environments/other.ts': 'throw new Error();' });
    expect(dashboards).toHaveLength(1);
  });

  test.each<[string, string, RegExp]>([
    [
      '--environment',
      'stagin',
      /^environments\n {2}error \(config\/no-environment\)\n.*\n.*\n.*Did you mean 'staging'/,
    ],
    ['--enviroment', 'staging', /^Unknown option '--enviroment'.*\nUsage: npm run preview/],
  ])('fails without a stack trace on %s %s', async (option, value, told) => {
    const script = [process.execPath, '--import', 'tsx', 'scripts/preview.ts', option, value];
    const { status, stderr } = await run(script, clone(right));
    expect(status).toBe(1);
    expect(stderr).toMatch(told);
    expect(stderr).not.toMatch(/\n\s+at /);
  });
});
