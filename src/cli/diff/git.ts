import { spawnSync } from 'node:child_process';
import type { Files } from '../../output/files.js';
import { UsageError } from '../command.js';

/** The published files of an environment at a Git revision; undefined if there were none. */
export const filesAt = (revision: string, out: string, environment: string): Files | undefined => {
  const commit = git([
    'rev-parse',
    '--verify',
    '--quiet',
    '--end-of-options',
    `${revision}^{commit}`,
  ]);
  if (commit.status !== 0) {
    throw new UsageError(
      `Git has no revision '${revision}' here. In a shallow clone, fetch it first: git fetch origin ${revision.replace(/^origin\//, '')}`,
    );
  }
  const id = commit.text.trim();
  const folder = `./${out}/${environment}/`;
  const listed = git(['ls-tree', '-z', '--name-only', id, folder]);
  if (listed.status !== 0) throw new UsageError(`Git cannot list ${folder}: ${listed.error}`);
  const paths = listed.text.split('\0').filter((path) => path !== '');
  if (paths.length === 0) return undefined;
  return Object.fromEntries(
    paths.map((path) => [
      path.slice(path.lastIndexOf('/') + 1),
      git(['show', `${id}:./${path}`]).text,
    ]),
  );
};

const git = (args: readonly string[]) => {
  const { status, stdout, stderr, error } = spawnSync('git', args, {
    encoding: 'utf8',
    maxBuffer: 2 ** 28,
  });
  if (error) throw new UsageError(`Git does not run: ${error.message}`);
  return { status, text: stdout, error: stderr.trim() };
};
