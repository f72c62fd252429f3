import { chmodSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { groupsOf, testAlerts } from '../../src/cli/test/alerts.js';
import { testPublished } from '../../src/cli/test/drift.js';
import { largestFirst } from '../../src/cli/test/folder.js';
import { findPromtool } from '../../src/cli/test/promtool.js';
import { loadContent } from '../../src/content/load.js';
import { fill, temporaryFolder } from '../output/folder.js';
import { sampleContent } from '../sample/content.js';

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

test('groups with large tests start first, and those without tests last', () => {
  const folder = fill(temporaryFolder(), { 'b.test.yaml': 'a: 1\n', 'c.test.yaml': 'a: 1000\n' });
  expect(largestFirst(folder, ['a', 'b', 'c'])).toEqual(['c', 'b', 'a']);
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
