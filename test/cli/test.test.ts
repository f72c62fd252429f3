import { chmodSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { groupsOf, testAlerts } from '../../src/cli/test/alerts.js';
import { testPublished } from '../../src/cli/test/drift.js';
import { findPromtool } from '../../src/cli/test/promtool.js';
import { loadContent } from '../../src/content/load.js';
import { minimal } from '../environment.js';
import { clone } from '../output/command.js';
import { contentOf, fill, temporaryFolder } from '../output/folder.js';
import { sampleContent } from '../sample/content.js';
import { crowsnest } from './command.js';

/** A program that succeeds, or fails with a message. */
const program = (name: string, fails = ''): string => {
  const text = fails ? `#!/bin/sh\necho '${fails}' >&2\nexit 1\n` : '#!/bin/sh\necho SUCCESS\n';
  const folder = fill(temporaryFolder(), { [name]: text });
  chmodSync(join(folder, name), 0o755);
  return folder;
};

const told = () => {
  const lines: string[] = [];
  const tell = (part: string, ok: boolean, details = '') => {
    lines.push(`${ok} ${part.replace(/ \(.*/, '')} ${details}`.trim());
  };
  return { lines, tell };
};

describe('promtool', () => {
  test('is that of the PATH, or the newest that a clone has built', () => {
    const root = temporaryFolder();
    expect(findPromtool(root, { PATH: '/nowhere' })).toBeUndefined();
    for (const version of ['3.9.0', '3.14.0']) {
      const file = `.engines/prometheus/${version}/bin/promtool`;
      fill(root, { [file]: '' });
      chmodSync(join(root, file), 0o755);
    }
    expect(findPromtool(root, { PATH: '/nowhere' })).toBe(
      join(root, '.engines/prometheus/3.14.0/bin/promtool'),
    );
    const path = program('promtool');
    expect(findPromtool(root, { PATH: `/nowhere:${path}` })).toBe(join(path, 'promtool'));
  });

  test.each([
    ['', true, ''],
    ['a rule is wrong', false, 'a rule is wrong\na rule is wrong'],
  ])('that fails with “%s” decides about a group', async (fails, ok, details) => {
    const content = await sampleContent();
    const [name] = Object.keys(content.alerts);
    const { lines, tell } = told();
    const binary = join(program('promtool', fails), 'promtool');
    const passes = await testAlerts(content, [name!], binary, tell);
    expect([passes, lines.length]).toEqual([ok, 1]);
    expect(lines[0]).toContain(`${ok} alerts/${name}`);
    if (details) expect(lines[0]).toContain('a rule is wrong');
  });
});

test('a group that does not exist is wrong usage', async () => {
  const { content } = await loadContent([
    fill(temporaryFolder(), { 'alerts/theirs.yaml': 'groups: []\n' }),
  ]);
  expect(groupsOf(content, [])).toEqual(['theirs']);
  expect(() => groupsOf(content, ['thiers'])).toThrow(
    "No alert group has the name 'thiers'. There are: theirs.",
  );
});

test('a project without dist/ has no drift', () => {
  const { lines, tell } = told();
  expect(testPublished({ stacks: [], inputs: [] }, '/nowhere', tell)).toBe(true);
  expect(lines).toEqual([]);
});

test('crowsnest test runs the checks, and reports what is published and not what synth writes', async () => {
  const environment = `export default ${JSON.stringify(minimal)};\n`;
  const folder = clone({ 'environments/one.ts': environment });
  const result = async (...args: string[]) => {
    const { status, stdout } = await crowsnest(folder, ...args);
    return { status, stdout };
  };
  expect(await result('test')).toEqual({ status: 0, stdout: 'ok     checks of one\n' });
  expect(await result('synth')).toMatchObject({ status: 0 });
  expect(await result('test')).toEqual({
    status: 0,
    stdout: 'ok     checks of one\nok     dist/\n',
  });
  fill(folder, { 'dist/one/README.md': 'edited' });
  const before = contentOf(folder);
  expect(await result('test')).toEqual({
    status: 1,
    stdout: `ok     checks of one
FAILED dist/
dist/one is not what synth writes.
Run npx crowsnest synth.
`,
  });
  fill(folder, { 'environments/one.ts': 'export default {};\n' });
  expect(await result('test')).toEqual({ status: 1, stdout: 'FAILED checks\n' });
  expect(contentOf(join(folder, 'dist'))).toEqual(
    Object.fromEntries(
      Object.entries(before).flatMap(([name, text]) =>
        name.startsWith('dist/') ? [[name.slice('dist/'.length), text]] : [],
      ),
    ),
  );
});

test('crowsnest test finds the groups of a clone by their names', async () => {
  const folder = clone({
    'environments/one.ts': `export default ${JSON.stringify(minimal)};\n`,
    'alerts/orders.yaml': 'groups: [{ name: a, rules: [{ record: a:b:c, expr: up }] }]\n',
    'alerts/carts.ts': `import { alertGroup } from '../src/content/alert-group.js';
export default alertGroup({ needs: ['prometheus'], rules: () => ({ alerts: [] }) });
`,
  });
  const { status, stderr } = await crowsnest(folder, 'test', 'card');
  expect([status, stderr]).toEqual([
    2,
    "No alert group has the name 'card'. There are: carts, orders.\n",
  ]);
});
