import { execFileSync } from 'node:child_process';
import { join, resolve } from 'node:path';

const repository = resolve(import.meta.dirname, '../..');

/** The output of a Git command in this repository. */
export const git = (...args: string[]): string =>
  execFileSync('git', args, { cwd: repository, encoding: 'utf8', maxBuffer: 2 ** 27 }).trim();

/** Commits that changed `dist/` and whose `dist/` differs from that of the working tree, the newest first. */
export const earlierCommits = (): string[] => {
  const commits = git('log', '--format=%h', '--', 'dist')
    .split('\n')
    .filter((commit) => git('diff', '--name-only', commit, '--', 'dist') !== '');
  if (commits.length === 0 && git('rev-parse', '--is-shallow-repository') === 'true') {
    throw new Error('No commit has another dist/: fetch the whole history.');
  }
  return commits;
};

/** Writes `dist/` of a commit to a folder, and returns its path. */
export const distAt = (commit: string, folder: string): string => {
  git('archive', `--output=${join(folder, 'dist.tar')}`, commit, 'dist');
  execFileSync('tar', ['-xf', 'dist.tar'], { cwd: folder });
  return join(folder, 'dist');
};
