import { execFile } from 'node:child_process';
import { mkdirSync, symlinkSync } from 'node:fs';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { startChild } from '../engines/child.js';
import { systemProgram } from '../engines/debian.js';
import { freePort } from '../engines/port.js';
import { eventually } from './wait.js';

const run = promisify(execFile);

/** The password of every Redis server in the tests. */
export const redisPassword = 'a-password';

/** A Redis server from Debian on the loopback address. */
export interface RedisServer {
  readonly port: number;
  /** The folder with its data. */
  readonly folder: string;
  /** Runs a command, and returns its answer. */
  command(...words: readonly string[]): Promise<string>;
  stop(): Promise<void>;
}

/** Starts a server with a password and additional settings, such as `['--maxmemory', '10mb']`. */
export const startRedis = async (
  folder: string,
  settings: readonly string[] = [],
): Promise<RedisServer> => {
  const [program, client] = [
    await systemProgram('redis-check-rdb'),
    await systemProgram('redis-cli'),
  ];
  const port = await freePort();
  const data = join(folder, `redis-${port}`);
  mkdirSync(data, { recursive: true });
  // The program depends on the name with which it is started.
  const server = join(data, 'redis-server');
  symlinkSync(program, server);
  const child = startChild(
    server,
    [
      ...['--port', `${port}`, '--bind', '127.0.0.1', '--dir', data],
      ...['--requirepass', redisPassword, '--masterauth', redisPassword],
      ...['--daemonize', 'no', '--save', ''],
      ...settings,
    ],
    { cwd: data, env: process.env },
  );
  const command = async (...words: readonly string[]): Promise<string> => {
    const login = { ...process.env, REDISCLI_AUTH: redisPassword };
    const args = ['-h', '127.0.0.1', '-p', `${port}`, ...words];
    const { stdout } = await run(client, args, { env: login });
    return stdout.trimEnd();
  };
  const stop = () => child.terminate('SIGTERM');
  try {
    await eventually('redis-server answers', async () => {
      if (child.ending() !== undefined) throw new Error(`${child.ending()}: ${child.log()}`);
      return (await command('PING')) === 'PONG' || undefined;
    });
  } catch (error) {
    await stop();
    throw error;
  }
  return { port, folder: data, command, stop };
};
