import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test, vi } from 'vitest';
import { synthesize } from '../../src/synthesize.js';
import { oneAtATime } from '../one-at-a-time.js';
import { abroad, clone, commands, repository, run } from '../output/command.js';
import { contentOf, temporaryFolder } from '../output/folder.js';

const environments = join(repository, 'environments');

const fresh = async (): Promise<string> => {
  vi.spyOn(process.stderr, 'write').mockReturnValue(true);
  const out = temporaryFolder();
  const { ok } = await synthesize({ environments, out, load: oneAtATime() });
  vi.restoreAllMocks();
  expect(ok).toBe(true);
  return out;
};

/** Paths of the files that differ; a diff of all files would be too long. */
const differing = (one: string, other: string): string[] => {
  const [a, b] = [contentOf(one), contentOf(other)];
  return [...new Set([...Object.keys(a), ...Object.keys(b)])].filter((path) => a[path] !== b[path]);
};

test('dist contains the output of a new synthesis: run npm run synth if it does not', async () => {
  expect(differing(await fresh(), join(repository, 'dist'))).toEqual([]);
});

test('cdk8s synth writes the same bytes to dist, also in another language and time zone', async () => {
  const edited = ['environments', 'dashboards', 'alerts', 'applications', 'settings', 'secrets'];
  const folder = clone(
    {},
    edited.filter((one) => existsSync(join(repository, one))),
  );
  const child = run(commands['cdk8s synth'], folder, abroad);
  const out = await fresh();
  expect(await child).toEqual({ status: 0, stderr: expect.stringContaining('objects') });
  expect(differing(join(folder, 'dist'), out)).toEqual([]);
});
