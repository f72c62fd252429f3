import { join } from 'node:path';
import { expect, test } from 'vitest';
import { minimal } from '../environment.js';
import { clone, run } from '../output/command.js';
import { contentOf, fill } from '../output/folder.js';
import { crowsnest, until, watching } from './command.js';

const environment = (options: object = {}) =>
  `export default ${JSON.stringify({ ...minimal, ...options })};\n`;
const project = () =>
  clone({
    'environments/one.ts': environment(),
    'environments/two.ts': environment({ cluster: { ...minimal.cluster, name: 'two' } }),
  });

test('synth --environment writes only the named environments, and leaves the others as they are', async () => {
  const folder = fill(project(), { 'environments/two.ts': 'broken', 'dist/old/a.yaml': 'kept' });
  const { status, stderr } = await crowsnest(folder, 'synth', '--environment', 'one');
  expect([status, stderr]).toEqual([
    0,
    expect.stringMatching(/^ environment.*\n one .* created\n/),
  ]);
  const published = Object.keys(contentOf(join(folder, 'dist')));
  expect(published).toContain('old/a.yaml');
  expect(published).toContain('one/README.md');
  expect(published.filter((name) => name.startsWith('two'))).toEqual([]);
});

test('an unknown environment is wrong usage, with a suggestion', async () => {
  const { status, stderr } = await crowsnest(project(), 'check', '--environment', 'tow');
  expect({ status, stderr }).toEqual({
    status: 2,
    stderr: "No environment has the name 'tow'. There are: one, two. Did you mean 'two'?\n",
  });
});

test('an unknown check for --strict is wrong usage, with a suggestion', async () => {
  const { status, stderr } = await crowsnest(project(), 'check', '--strict', 'selector');
  expect([status, stderr]).toEqual([
    2,
    expect.stringMatching(/Unknown check or code 'selector'.*Did you mean 'selectors'/s),
  ]);
});

test('check reports and writes nothing', async () => {
  const folder = project();
  const { status, stderr } = await crowsnest(folder, 'check');
  expect([status, stderr]).toEqual([0, expect.stringContaining(' one ')]);
  expect(Object.keys(contentOf(folder)).filter((name) => name.startsWith('dist'))).toEqual([]);
});

test('check --sarif writes the findings with their files and lines, and fails', async () => {
  const folder = fill(project(), { 'environments/one.ts': 'export default {\n  size: 1,\n};\n' });
  const { status, stdout } = await crowsnest(folder, 'check', '--sarif', '--environment', 'one');
  const { version, runs } = JSON.parse(stdout);
  const size = runs[0].results.find((one: { message: { text: string } }) =>
    one.message.text.startsWith('size: '),
  );
  expect([status, version]).toEqual([1, '2.1.0']);
  expect(size).toMatchObject({
    ruleId: 'config/invalid-value',
    level: 'error',
    locations: [
      {
        physicalLocation: {
          artifactLocation: { uri: 'environments/one.ts' },
          region: { startLine: 2 },
        },
      },
    ],
  });
});

test('synth --watch writes again after each change, also of a file that an environment imports', async () => {
  const folder = fill(project(), {
    'environments/one.ts': "export { default } from '../shared.js';\n",
    'shared.ts': environment({ size: 'small' }),
  });
  const process = watching(folder, 'synth', '--environment', 'one', '--watch');
  try {
    await until(() => process.stderr().includes('Waiting for changes'));
    fill(folder, { 'shared.ts': environment({ size: 'smal' }) });
    await until(() => process.stderr().includes('config/invalid-value'));
    fill(folder, { 'shared.ts': environment({ prometheus: { retention: '9d' } }) });
    await until(() => process.stderr().includes(' configuration setting'));
  } finally {
    await process.end();
  }
});

test('a project whose folder cannot be written, and an output that cannot, are one line without a stack trace', async () => {
  const folder = fill(project(), { alerts: 'a file in place of the folder' });
  const { status, stderr } = await crowsnest(folder, 'new', 'alert', 'orders');
  expect([status, stderr]).toEqual([
    1,
    'alerts cannot be read or written: a file or a folder with this name exists.\n',
  ]);
  const full = await run(
    ['sh', '-c', `${process.execPath} bin/crowsnest.js explain selectors > /dev/full`],
    folder,
  );
  expect(full).toEqual({
    status: 1,
    stderr: 'The standard output cannot be written: ENOSPC.\n',
  });
});

test('images reports a broken lock file', async () => {
  const folder = fill(project(), { 'images.lock': '- a list\n' });
  const { status, stdout, stderr } = await crowsnest(folder, 'images');
  expect([status, stdout, stderr]).toEqual([1, '', expect.stringContaining('config/invalid-lock')]);
});
