import { symlinkSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test, vi } from 'vitest';
import { synthesize } from '../src/synthesize.js';
import { commands, project, repository, run } from './output/command.js';
import { contentOf, temporaryFolder } from './output/folder.js';

const environments = join(repository, 'environments');

const fresh = async (): Promise<string> => {
  vi.spyOn(process.stderr, 'write').mockReturnValue(true);
  const out = temporaryFolder();
  const { ok } = await synthesize({ environments, out });
  vi.restoreAllMocks();
  expect(ok).toBe(true);
  return out;
};

/** Paths of the files that differ; a diff of all of them would fill the screen. */
const differing = (one: string, other: string): string[] => {
  const [a, b] = [contentOf(one), contentOf(other)];
  return [...new Set([...Object.keys(a), ...Object.keys(b)])].filter((path) => a[path] !== b[path]);
};

test('dist holds what a fresh synthesis gives: run npm run synth where it does not', async () => {
  expect(differing(await fresh(), join(repository, 'dist'))).toEqual([]);
});

test('cdk8s synth writes the same bytes to dist', async () => {
  const folder = project();
  symlinkSync(environments, join(folder, 'environments'));
  const child = run(commands['cdk8s synth'], folder);
  const out = await fresh();
  expect(await child).toEqual({ status: 0, stderr: expect.stringContaining('objects') });
  expect(differing(join(folder, 'dist'), out)).toEqual([]);
});
