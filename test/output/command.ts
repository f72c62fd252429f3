import { spawn } from 'node:child_process';
import { cpSync, existsSync, symlinkSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { fill, temporaryFolder } from './folder.js';

/** The folder of this repository. */
export const repository = fileURLToPath(new URL('../..', import.meta.url)).replace(/\/$/, '');

const project = ['cdk8s.yaml', 'package.json', 'package-lock.json', 'bin', 'scripts', 'src'];

/**
 * A clone with these files instead of the shipped environments, dashboards and alerts. It has the
 * compiled library of this repository, if there is one, which is valid until a source changes.
 */
export const clone = (
  files: Readonly<Record<string, string>> = {},
  copied: readonly string[] = [],
): string => {
  const folder = temporaryFolder();
  const compiled = existsSync(join(repository, '.compiled')) ? ['.compiled'] : [];
  for (const path of [...project, ...compiled, ...copied]) {
    cpSync(join(repository, path), join(folder, path), {
      recursive: true,
      preserveTimestamps: true,
    });
  }
  symlinkSync(join(repository, 'node_modules'), join(folder, 'node_modules'));
  return fill(folder, files);
};

/** The two commands that synthesize in a clone. */
export const commands = {
  'npm run synth': [process.execPath, 'bin/crowsnest.js', 'synth'],
  'cdk8s synth': ['node_modules/.bin/cdk8s', 'synth'],
} as const;

/** A language and a time zone that differ from those of every test machine. */
export const abroad = {
  TZ: 'Asia/Kathmandu',
  LC_ALL: 'tr_TR.UTF-8',
  LANG: 'tr_TR.UTF-8',
} as const;

/** The result of a process. */
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
