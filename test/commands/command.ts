import { spawn } from 'node:child_process';

/** The result of a command. */
export interface Result {
  readonly status: number | null;
  readonly stdout: string;
  readonly stderr: string;
}

const start = (cwd: string, args: readonly string[]) => {
  const { FORCE_COLOR, ...env } = process.env;
  const child = spawn(process.execPath, ['bin/crowsnest.js', ...args], {
    cwd,
    env,
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  const text = { stdout: '', stderr: '' };
  for (const name of ['stdout', 'stderr'] as const) {
    child[name].on('data', (chunk) => {
      text[name] += chunk;
    });
  }
  const ended = new Promise<number | null>((resolve, reject) => {
    child.on('error', reject);
    child.on('close', resolve);
  });
  return { child, text, ended };
};

/** Runs a command of the command line in a clone. */
export const crowsnest = async (cwd: string, ...args: readonly string[]): Promise<Result> => {
  const { text, ended } = start(cwd, args);
  const status = await ended;
  return { status, ...text };
};

/** Starts a command that does not end by itself. */
export const watching = (cwd: string, ...args: readonly string[]) => {
  const { child, text, ended } = start(cwd, args);
  return {
    stderr: () => text.stderr,
    end: async () => {
      child.kill();
      await ended;
    },
  };
};

/** Waits until a condition is true; the time limit of the test applies. */
export const until = async (isTrue: () => boolean): Promise<void> => {
  while (!isTrue()) await new Promise((resolve) => setTimeout(resolve, 20));
};
