import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { cpSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { text } from 'node:stream/consumers';
import { fileURLToPath } from 'node:url';

/** What one process took, in ms. */
export interface Usage {
  readonly wall: number;
  /** User and system time. */
  readonly cpu: number;
  /** Peak of the resident memory, in MiB. */
  readonly memory: number;
  /** From the start of the process until the first module of its own. */
  readonly started: number;
}

/** What a synth tells of itself, in ms. */
export interface SynthUsage extends Usage {
  /** From the start of the process until its modules were one script. @default - they never were */
  readonly bundled?: number;
  /** Until that was loaded. */
  readonly loaded: number;
  readonly stages: Readonly<Record<string, number>>;
  /** Of the manifests. */
  readonly bytes: number;
  /** Empty unless they were profiled. */
  readonly checks: Readonly<Record<string, number>>;
}

const root = fileURLToPath(new URL('..', import.meta.url));
const tsx = ['--import', 'tsx'];
const preload = ['--import', new URL('./usage.js', import.meta.url).href];

/** Measures a bare cdk8s app. */
export const runBare = (): Promise<Usage> => inFreshFolder((out) => run(tsx, './bare.ts', out));

/** With the time of each check; or with another module in place of one of the sources. */
export type Mode = 'checks' | 'nothing kept' | 'YAML by a library';

/** Folders that a synth takes. */
export interface Inputs {
  readonly environments: string;
  /** One with `dashboards/` and `alerts/` beside those that ship. @default - none */
  readonly content?: string;
}

/**
 * Measures a synth of the environments in a folder, over what `dist/` holds already: what is
 * published is read again to see what may not change.
 */
export const runSynth = async (inputs: Inputs, mode?: Mode): Promise<SynthUsage> => {
  const usage = await synthesize([], './start-synth.js', inputs, mode);
  if (usage.bundled === undefined) throw new Error('It was not bundled, and tells another time.');
  return usage;
};

/** The same, where nothing is bundled. */
export const runOneByOne = (inputs: Inputs): Promise<SynthUsage> =>
  synthesize(tsx, './one-by-one.ts', inputs);

const synthesize = (
  options: readonly string[],
  file: string,
  { environments, content = '' }: Inputs,
  mode?: Mode,
): Promise<SynthUsage> =>
  inFreshFolder((out) => {
    cpSync(join(root, 'dist'), out, { recursive: true });
    const args = [environments, out, content, ...(mode ? [mode] : [])];
    return run(options, file, ...args) as Promise<SynthUsage>;
  });

/** Gives a folder to the work, and removes it afterwards: nothing is found unchanged. */
export const inFreshFolder = async <T>(work: (folder: string) => Promise<T>): Promise<T> => {
  const folder = mkdtempSync(join(tmpdir(), 'crowsnest-bench-'));
  try {
    return await work(folder);
  } finally {
    rmSync(folder, { recursive: true });
  }
};

const run = async (options: readonly string[], file: string, ...args: string[]): Promise<Usage> => {
  const path = fileURLToPath(new URL(file, import.meta.url));
  const start = performance.now();
  const child = spawn(process.execPath, [...options, ...preload, path, ...args], { cwd: root });
  const output = Promise.all([text(child.stdout), text(child.stderr)]);
  const [code] = await once(child, 'exit');
  const wall = performance.now() - start;
  const [stdout, stderr] = await output;
  if (code !== 0) throw new Error(`${file} ended with ${code}.\n${stderr}`);
  const told = stdout.trim().split('\n');
  return Object.assign({ wall }, ...told.map((line) => JSON.parse(line)));
};
