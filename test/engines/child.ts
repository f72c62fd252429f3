import { type ChildProcess, spawn } from 'node:child_process';
import { setTimeout as sleep } from 'node:timers/promises';

const graceMilliseconds = 10_000;
const logCharacters = 65_536;

/** A child process with its output and its end. */
export interface Child {
  readonly pid: number;
  /** The last 64 Ki characters of its output. */
  log(): string;
  /** How it ended, such as `exit 1`; undefined while it runs. */
  ending(): string | undefined;
  /** Sends the signal, and SIGKILL if it still runs after ten seconds. */
  terminate(signal: NodeJS.Signals): Promise<void>;
}

const running = new Set<ChildProcess>();
process.once('exit', () => {
  for (const child of running) {
    child.kill('SIGKILL');
  }
});

/** Starts a child process, which is killed when this process ends. */
export function startChild(
  path: string,
  args: readonly string[],
  options: { cwd: string; env: NodeJS.ProcessEnv; uid?: number; gid?: number },
): Child {
  const child = spawn(path, args, { ...options, stdio: ['ignore', 'pipe', 'pipe'] });
  running.add(child);
  let log = '';
  for (const stream of [child.stdout, child.stderr]) {
    stream.setEncoding('utf8').on('data', (text: string) => {
      log = (log + text).slice(-logCharacters);
    });
  }
  let ending: string | undefined;
  const ended = new Promise<void>((done) => {
    const end = (how: string) => {
      running.delete(child);
      ending ??= how;
      done();
    };
    child.once('error', (error) => end(error.message));
    child.once('close', (code, signal) => end(signal ?? `exit ${code}`));
  });
  return {
    pid: child.pid ?? 0,
    log: () => log,
    ending: () => ending,
    terminate: async (signal) => {
      child.kill(signal);
      const grace = new AbortController();
      const late = sleep(graceMilliseconds, 'late', { signal: grace.signal }).catch(() => '');
      if ((await Promise.race([ended, late])) === 'late') {
        child.kill('SIGKILL');
        await ended;
      }
      grace.abort();
    },
  };
}
