import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { readdirSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { text } from 'node:stream/consumers';
import { fileURLToPath } from 'node:url';

/** The measurements of one process, in ms. */
export interface Usage {
  readonly wall: number;
  /** User and system time. */
  readonly cpu: number;
  /** Peak resident memory, in MiB. */
  readonly memory: number;
  /** From the start of the process until its first module. */
  readonly started: number;
}

/** The durations that a synth reports, in ms. */
export interface SynthUsage extends Usage {
  readonly stages: Readonly<Record<string, number>>;
  /** The duration of each check. @default - not measured */
  readonly checks?: Readonly<Record<string, number>>;
}

const preload = ['--import', new URL('./usage.js', import.meta.url).href];
const bare = fileURLToPath(new URL('./bare.ts', import.meta.url));

/** Measures a bare cdk8s app, which publishes to a folder in a clone. */
export const runBare = (clone: string): Promise<Usage> =>
  run(clone, '--import', 'tsx', ...preload, bare, join(clone, 'bare'));

/** Measures `npm run synth` in a clone. */
export const runSynth = (clone: string): Promise<SynthUsage> =>
  run(clone, ...preload, 'bin/crowsnest.js', 'synth', '--json') as Promise<SynthUsage>;

/** Measures a synth that first compiles the library. */
export const runFirstSynth = (clone: string): Promise<SynthUsage> => {
  rmSync(join(clone, '.compiled'), { recursive: true, force: true });
  return runSynth(clone);
};

/** Measures a synth that has no code cache yet. */
export const runUncached = (clone: string): Promise<SynthUsage> => {
  const compiled = join(clone, '.compiled');
  for (const path of readdirSync(compiled, { recursive: true, encoding: 'utf8' })) {
    if (path.endsWith('.cache')) rmSync(join(compiled, path));
  }
  return runSynth(clone);
};

/** Measures a synth whose library is not compiled: tsx loads each source file. */
export const runSources = (clone: string): Promise<SynthUsage> => {
  rmSync(join(clone, '.compiled'), { recursive: true, force: true });
  // A file instead of a folder, so nothing can be written to it.
  writeFileSync(join(clone, '.compiled'), '');
  return runSynth(clone);
};

const run = async (cwd: string, ...args: string[]): Promise<Usage> => {
  const start = performance.now();
  const child = spawn(process.execPath, args, { cwd });
  const output = Promise.all([text(child.stdout), text(child.stderr)]);
  const [code] = await once(child, 'exit');
  const wall = performance.now() - start;
  const [stdout, stderr] = await output;
  if (code !== 0) throw new Error(`node ${args.join(' ')} ended with ${code}.\n${stderr}${stdout}`);
  const printed = stdout.trim().split('\n');
  return Object.assign({ wall }, ...printed.map((line) => JSON.parse(line)));
};
