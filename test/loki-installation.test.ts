import { chmodSync, mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, expect, it } from 'vitest';
import { findLoki } from './live/loki-installation.js';
import { fill } from './output/folder.js';

const folder = mkdtempSync(join(tmpdir(), 'crowsnest-loki-'));
afterAll(() => rmSync(folder, { recursive: true, force: true }));

const binaryThatPrints = (name: string, version: string): string => {
  const binary = join(folder, name, 'loki');
  const text = `loki, version ${version} (branch: main, revision: unknown)`;
  fill(join(folder, name), { loki: `#!/bin/sh\necho '${text}'\n` });
  chmodSync(binary, 0o755);
  return binary;
};
const released = binaryThatPrints('released', '3.7.6');
const unreleased = binaryThatPrints('unreleased', '');

it.each([
  ['a release', released, '3.7.6'],
  ['a build without a version', unreleased, ''],
])('LOKI can be %s', (_, binary, version) => {
  expect(findLoki({ LOKI: binary, PATH: '' })).toEqual({ binary, version });
});

it('a Loki on the PATH is found', () => {
  const PATH = `${join(folder, 'empty')}:${join(folder, 'released')}`;
  expect(findLoki({ PATH })).toEqual({ binary: released, version: '3.7.6' });
});

it('without LOKI and with an empty PATH, no Loki is found', () => {
  expect(findLoki({ PATH: '' })).toBeUndefined();
});

it('an invalid LOKI is an error', () => {
  expect(() => findLoki({ LOKI: folder })).toThrow(/no Loki here/);
});

it('a live test that needs a Loki is in a file that may be skipped', () => {
  const live = join(import.meta.dirname, 'live');
  const needLoki = readdirSync(live)
    .filter((file) => file.endsWith('.test.ts'))
    .filter((file) => readFileSync(join(live, file), 'utf8').includes('findLoki'));
  expect(needLoki.filter((file) => !file.startsWith('loki'))).toEqual([]);
  expect(needLoki).toContain('loki.test.ts');
});
