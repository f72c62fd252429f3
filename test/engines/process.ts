import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { type Child, startChild } from './child.js';
import { httpStatus } from './http.js';
import { engineBinary } from './installation.js';
import { freePort } from './port.js';

/** Where an engine runs: its loopback port, and its working folder. */
export interface Place {
  readonly port: number;
  readonly folder: string;
}

/** How to start an engine, and how to check that it is ready. */
export interface StartOptions {
  /** Its name, such as `prometheus`: `engineBinary` finds it. */
  readonly binary: string;
  /**
   * The path of the binary, if no registry has the engine.
   * @default `engineBinary` finds it
   */
  readonly path?: string;
  /** Its arguments; the function can write configuration files into the folder. */
  readonly args: (place: Place) => readonly string[] | Promise<readonly string[]>;
  /** The path that returns status 200 when the engine is ready. */
  readonly readyPath: string;
  /** @default `http`; the certificate of `https` is not verified */
  readonly scheme?: 'http' | 'https';
  /**
   * The port, if others must know it in advance.
   * @default a free port
   */
  readonly port?: number;
  /**
   * A folder that is kept, so that another start finds the stored data.
   * @default a temporary folder, removed when the engine stops
   */
  readonly folder?: string;
  /**
   * Environment variables in addition to those of this process.
   * @default none
   */
  readonly env?: Readonly<Record<string, string>>;
}

/** A ready engine. */
export interface RunningEngine extends Place {
  /** Scheme, address and port, without a slash at the end. */
  readonly url: string;
  readonly pid: number;
  /** The last 64 Ki characters of its output. */
  log(): string;
  /** How it ended without a stop, such as `exit 1`; undefined while it runs. */
  ending(): string | undefined;
  /** SIGTERM, and SIGKILL if it still runs after ten seconds. */
  stop(): Promise<void>;
  /** SIGKILL, like the loss of a node. */
  kill(): Promise<void>;
}

/** Starts an engine and waits until it is ready; cleans up if that fails. */
export async function startEngine(options: StartOptions): Promise<RunningEngine> {
  const path = options.path ?? (await engineBinary(options.binary));
  const port = options.port ?? (await freePort());
  const folder = options.folder ?? mkdtempSync(join(tmpdir(), `crowsnest-${options.binary}-`));
  const url = `${options.scheme ?? 'http'}://127.0.0.1:${port}`;
  let child: Child | undefined;
  const end = async (signal: NodeJS.Signals) => {
    await child?.terminate(signal);
    if (options.folder === undefined) {
      rmSync(folder, { recursive: true, force: true });
    }
  };
  try {
    const args = await options.args({ port, folder });
    child = startChild(path, args, { cwd: folder, env: { ...process.env, ...options.env } });
    await untilReady(child, url + options.readyPath, options);
  } catch (error) {
    await end('SIGKILL');
    throw error;
  }
  const { pid, log, ending } = child;
  return {
    port,
    folder,
    url,
    pid,
    log,
    ending,
    stop: () => end('SIGTERM'),
    kill: () => end('SIGKILL'),
  };
}

// Far longer than any start takes, even on a busy machine.
const timeoutSeconds = 100;

async function untilReady(child: Child, url: string, options: StartOptions): Promise<void> {
  const deadline = performance.now() + timeoutSeconds * 1000;
  let status: number | string = 'no answer';
  while (performance.now() < deadline) {
    const ending = child.ending();
    if (ending !== undefined) {
      throw new Error(`${options.binary} ended before it was ready: ${ending}.${lastLines(child)}`);
    }
    status = await httpStatus(url, 2000);
    if (status === 200) {
      return;
    }
    await sleep(50);
  }
  const failure = `${options.binary} was not ready within ${timeoutSeconds} s (${url}: ${status}).`;
  throw new Error(failure + lastLines(child));
}

function lastLines(child: Child): string {
  return ['', ...child.log().trimEnd().split('\n').slice(-15)].join('\n  ');
}
