import { spawnSync } from 'node:child_process';
import type { Files } from '../../output/files.js';
import { UsageError } from '../command.js';

/** The published files of an environment at a Git revision; undefined if there were none. */
export const filesAt = (revision: string, out: string, environment: string): Files | undefined => {
  const texts = textsAt(requireRevision(revision), `${out}/${environment}`);
  if (!texts) throw new UsageError(`Git cannot read ${out}/${environment} of '${revision}'.`);
  const files = Object.entries(texts);
  if (files.length === 0) return undefined;
  return Object.fromEntries(
    files.map(([path, text]) => [path.slice(path.lastIndexOf('/') + 1), text]),
  );
};

/** The commit of a revision. Throws a UsageError if Git does not know it. */
const requireRevision = (revision: string): string => {
  const named = `${revision}^{commit}`;
  const commit = git(['rev-parse', '--verify', '--quiet', '--end-of-options', named]);
  if (commit.failure) throw new UsageError(`Git does not run: ${commit.failure}`);
  if (commit.text !== undefined) return commit.text.trim();
  const branch = revision.replace(/^origin\//, '');
  throw new UsageError(
    `Git has no revision '${revision}' here. In a shallow clone, fetch it first: git fetch origin ${branch}`,
  );
};

/** The texts of all files in a folder at a revision, by their paths; undefined if Git cannot say. */
export const textsAt = (revision: string, folder: string): Record<string, string> | undefined => {
  const listed = git(['ls-tree', '-r', '-z', '--name-only', revision, `./${folder}/`]).text;
  const paths = listed?.split('\0').filter((path) => path !== '');
  const texts = paths?.map((path) => [path, git(['show', `${revision}:./${path}`]).text ?? '']);
  return texts && Object.fromEntries(texts);
};

/** The output of a Git command; undefined if it fails. */
const git = (args: readonly string[]): { readonly text?: string; readonly failure?: string } => {
  const { status, stdout, error } = spawnSync('git', args, {
    encoding: 'utf8',
    maxBuffer: 2 ** 28,
    stdio: ['ignore', 'pipe', 'ignore'],
  });
  if (error) return { failure: error.message };
  return status === 0 ? { text: stdout } : {};
};
