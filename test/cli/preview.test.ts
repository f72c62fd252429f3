import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { describe, expect, test } from 'vitest';
import { checkProject } from '../../src/check-project.js';
import { newDashboard } from '../../src/cli/new/dashboard.js';
import { cloneLibrary } from '../../src/cli/new/library.js';
import { galleryOf } from '../../src/cli/preview/gallery.js';
import { minimal } from '../environment.js';
import { repository } from '../output/command.js';
import { fill, temporaryFolder } from '../output/folder.js';

const kit = pathToFileURL(join(repository, 'src/content/grafana.ts')).href;
const written = newDashboard('checkout', { ...cloneLibrary, grafana: kit });
const right = {
  'environments/staging.ts': `export default ${JSON.stringify(minimal)};`,
  'dashboards/checkout.ts': written,
};
const preview = async (files: Record<string, string>) => {
  const folder = fill(temporaryFolder(), { ...right, ...files });
  const project = await checkProject(
    { environments: join(folder, 'environments'), out: join(folder, 'dist'), only: ['staging'] },
    folder,
  );
  return { gallery: galleryOf(project, 'staging'), findings: project.findings };
};

describe('the gallery', () => {
  test('has a page for each dashboard of the environment, and a page that lists them', async () => {
    const { gallery } = await preview({});
    const { files = {}, summary } = gallery ?? {};
    expect(Object.keys(files)).toEqual([
      'index.html',
      'checkout.html',
      'preview.css',
      'theme.browser.js',
    ]);
    expect(files['index.html']).toContain('href="checkout.html"');
    for (const name of ['preview.css', 'theme.browser.js']) {
      expect(files['checkout.html']).toContain(`"${name}"`);
    }
    expect(files['checkout.html']).toMatch(/<code>.*<span class="tok-.*<\/code>/);
    expect(summary).toBe('1 dashboard of staging, with no findings.');
  });

  test('shows a finding of a check at its panel', async () => {
    const { gallery } = await preview({
      'dashboards/checkout.ts': written.replaceAll("unit: 'reqps'", "unit: 'reqpss'"),
    });
    expect(gallery?.files['checkout.html']).toMatch(
      /<section class="panel timeseries.*?<p class="finding error"><b>error \(panels\/unknown-unit\)/s,
    );
    expect(gallery?.summary).toMatch(/with [1-9]\d* findings?\.$/);
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
  ])('does not exist with %s', async (_, files, finding) => {
    const { gallery, findings } = await preview(files);
    expect(gallery).toBeUndefined();
    expect(findings.filter(({ severity }) => severity === 'error')[0]).toMatchObject(finding);
  });

  test('exists if another environment is broken', async () => {
    const { gallery } = await preview({ 'environments/other.ts': 'throw new Error();' });
    expect(gallery?.summary).toMatch(/^1 dashboard/);
  });
});
