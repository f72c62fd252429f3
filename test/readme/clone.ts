import { spawnSync } from 'node:child_process';
import { cpSync, existsSync, mkdirSync, symlinkSync } from 'node:fs';
import { dirname, join } from 'node:path';

/** Runs a command to its end, and throws its output if it fails. */
export const run = (cwd: string, file: string, ...args: string[]): string => {
  const { CDK8S_OUTDIR, NODE_OPTIONS, ...inherited } = process.env;
  const { status, stdout, stderr, error } = spawnSync(file, args, {
    cwd,
    encoding: 'utf8',
    maxBuffer: 2 ** 28,
    env: { ...inherited, NO_COLOR: '1', CDK8S_CHECK_UPGRADE: 'false' },
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  if (error) throw error;
  const output = `${stdout}${stderr}`;
  if (status === 0) return output;
  throw new Error(`${[file, ...args].join(' ')} ended with ${status}.\n${output}`);
};

/** Commits everything in a folder. */
export const commit = (folder: string): void => {
  run(folder, 'git', 'add', '--all');
  const who = ['-c', 'user.name=user', '-c', 'user.email=user@example.com'];
  run(folder, 'git', ...who, 'commit', '--quiet', '--no-verify', '--message', 'Change');
};

/** Copies the repository in its current state, with its packages, and commits it there. */
export const cloneTo = (repository: string, folder: string): void => {
  const listed = run(
    repository,
    'git',
    'ls-files',
    '-z',
    '--cached',
    '--others',
    '--exclude-standard',
  );
  for (const path of listed.split('\0')) {
    const from = join(repository, path);
    if (path === '' || !existsSync(from)) continue;
    mkdirSync(dirname(join(folder, path)), { recursive: true });
    cpSync(from, join(folder, path));
  }
  for (const name of ['node_modules', '.engines']) {
    if (existsSync(join(repository, name))) symlinkSync(join(repository, name), join(folder, name));
  }
  run(folder, 'git', 'init', '--quiet');
  // Git does not treat links as folders, and ignores only folders with these names.
  run(folder, 'sh', '-c', 'printf "node_modules\\n.engines\\n" >> .git/info/exclude');
  commit(folder);
};
