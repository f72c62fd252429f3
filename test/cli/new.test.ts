import { join, resolve } from 'node:path';
import { describe, expect, test, vi } from 'vitest';
import { loadApplications } from '../../src/applications/load.js';
import { checkProject } from '../../src/check-project.js';
import { type Kind, kinds, newFiles } from '../../src/cli/new/files.js';
import { packageLibrary } from '../../src/cli/new/library.js';
import { minimal } from '../environment.js';
import { clone } from '../output/command.js';
import { contentOf, fill, temporaryFolder } from '../output/folder.js';
import { sample } from '../sample/content.js';
import { crowsnest } from './command.js';

// The files are in another folder, so their imports are absolute.
const src = resolve(import.meta.dirname, '../../src');
const library = {
  index: `${src}/index.ts`,
  grafana: `${src}/content/grafana.ts`,
  alertGroup: `${src}/content/alert-group.ts`,
};

describe('what crowsnest new writes', () => {
  test.each(kinds)('%s passes all checks without an edit', async (kind) => {
    const folder = fill(temporaryFolder(), {
      'environments/other.ts': `export default ${JSON.stringify(minimal)};`,
      ...newFiles(kind, 'shopping-carts', library),
    });
    const { findings, stacks } = await checkProject(
      {
        environments: join(folder, 'environments'),
        content: [folder],
        out: join(folder, 'dist'),
      },
      sample,
    );
    expect(findings).toEqual([]);
    expect(stacks).toHaveLength(kind === 'environment' ? 2 : 1);
  });

  test('an application is scraped, and its pods are known', () => {
    const folder = fill(temporaryFolder(), newFiles('application', 'checkout', library));
    const { applications } = loadApplications([folder]);
    expect(JSON.stringify(applications)).toContain('checkout');
  });

  test.each(kinds)('%s imports from the package in a repository of one’s own', (kind: Kind) => {
    const imported = Object.values(newFiles(kind, 'checkout', packageLibrary)).flatMap((text) =>
      [...text.matchAll(/from '(.+?)'/g)].map(([, name]) => name),
    );
    expect(imported).toEqual(kind === 'application' ? [] : ['crowsnest']);
  });
});

describe('crowsnest new', () => {
  test('writes the files of an alert group, and never overwrites one', async () => {
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

  test.each([
    [['dashboard', 'Check_out'], 'A name has up to 40 lower-case letters'],
    [['dashbord', 'checkout'], 'Allowed choices are dashboard, alert'],
    [['dashboard'], "missing required argument 'name'"],
  ])('%s is wrong usage', async (args, told) => {
    const { main } = await import('../../src/cli/main.js');
    const written = vi.spyOn(process.stderr, 'write').mockReturnValue(true);
    try {
      expect(await main(['new', ...args], { version: '0' } as never)).toBe(2);
      expect(written.mock.calls.join('')).toContain(told);
    } finally {
      written.mockRestore();
    }
  });
});
