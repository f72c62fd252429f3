import { spawn } from 'node:child_process';
import { symlinkSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { fill, temporaryFolder } from './folder.js';

/** The folder of this repository. */
export const repository = fileURLToPath(new URL('../..', import.meta.url)).replace(/\/$/, '');

/** A project of somebody's own, with the packages of this one. */
export const project = (files: Readonly<Record<string, string>> = {}): string => {
  const folder = fill(temporaryFolder(), {
    'cdk8s.yaml': `language: typescript\napp: node ${repository}/scripts/synth.js\noutput: .cdk8s\n`,
    ...files,
  });
  symlinkSync(join(repository, 'node_modules'), join(folder, 'node_modules'));
  return folder;
};

/** The two commands that synthesize. */
export const commands = {
  'npm run synth': [process.execPath, join(repository, 'scripts/synth.js')],
  'cdk8s synth': [join(repository, 'node_modules/.bin/cdk8s'), 'synth'],
} as const;

/** What became of a process. */
export interface Result {
  readonly status: number | null;
  readonly stderr: string;
}

/** Runs a command in a folder. */
export const run = (
  command: readonly string[],
  cwd: string,
  environment: Readonly<Record<string, string>> = {},
): Promise<Result> =>
  new Promise((resolve, reject) => {
    const [file = '', ...args] = command;
    const { CDK8S_OUTDIR, FORCE_COLOR, ...inherited } = process.env;
    const child = spawn(file, args, {
      cwd,
      env: { ...inherited, CDK8S_CHECK_UPGRADE: 'false', ...environment },
      stdio: ['ignore', 'ignore', 'pipe'],
    });
    let stderr = '';
    child.stderr.on('data', (chunk) => {
      stderr += chunk;
    });
    child.on('error', reject);
    child.on('close', (status) => resolve({ status, stderr }));
  });
