import { join, resolve } from 'node:path';
import { describe, expect, test } from 'vitest';
import { checkProject } from '../../src/check-project.js';
import { type Kind, kinds, newFiles } from '../../src/cli/new/files.js';
import { packageLibrary } from '../../src/cli/new/library.js';
import { minimal } from '../environment.js';
import { fill, temporaryFolder } from '../output/folder.js';
import { sample } from '../sample/content.js';
import { wrongUsage } from './wrong-usage.js';

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

  test('an application passes all checks with its comments as code', async () => {
    const [[path, text] = ['', '']] = Object.entries(newFiles('application', 'orders', library));
    const code = text
      .split('\n')
      .filter((line) => !/^ *\/\/ [A-Z].*[.:]?$|^ *\/\/ counted|^ *\/\/ generated/.test(line))
      .map((line) => line.replace(/^( *)\/\/ /, '$1'))
      .join('\n');
    const folder = fill(temporaryFolder(), {
      'environments/other.ts': `export default ${JSON.stringify(minimal)};`,
      [path]: code,
    });
    const { findings, stacks } = await checkProject(
      { environments: join(folder, 'environments'), content: [folder], out: join(folder, 'dist') },
      sample,
    );
    expect(findings).toEqual([]);
    expect(stacks[0]!.environment.loadTests).toHaveLength(1);
    const parties = stacks[0]!.parties.map(({ name }) => name);
    expect(parties).toEqual(expect.arrayContaining(['orders', 'redis-exporter']));
  });

  test('an alert about an application passes all checks without an edit', async () => {
    const subject = { job: 'worker', namespace: 'jobs' };
    const files = newFiles('alert', 'worker', library, subject);
    const { job: name, namespace } = subject;
    const worker = { name, namespace, labels: { app: name }, metrics: { port: 9464 } };
    const folder = fill(temporaryFolder(), {
      'environments/other.ts': `export default ${JSON.stringify(minimal)};`,
      'applications/worker.ts': `export default ${JSON.stringify(worker)};`,
      ...files,
    });
    const { findings, content } = await checkProject(
      { environments: join(folder, 'environments'), content: [folder], out: join(folder, 'dist') },
      sample,
    );
    expect(findings).toEqual([]);
    expect(Object.keys(content.alerts)).toContain('worker');
    expect(Object.values(files).join('')).not.toMatch(/prometheus"|crowsnest get pods/);
  });

  test.each(kinds)('%s imports from the package in a repository of one’s own', (kind: Kind) => {
    const imported = Object.values(newFiles(kind, 'checkout', packageLibrary)).flatMap((text) =>
      [...text.matchAll(/^import .* from '(.+?)'/gm)].map(([, name]) => name),
    );
    expect(imported).toEqual(['crowsnest']);
  });
});

describe('crowsnest new', () => {
  test.each([
    [['dashboard', 'Check_out'], 'A name has up to 40 lower-case letters'],
    [['dashbord', 'checkout'], 'Allowed choices are dashboard, alert'],
    [['dashboard'], "missing required argument 'name'"],
  ])('%s is wrong usage', async (args, told) => {
    expect(await wrongUsage('new', ...args)).toContain(told);
  });
});
