import { execFile } from 'node:child_process';
import { existsSync, readdirSync } from 'node:fs';
import { delimiter, join } from 'node:path';
import { promisify } from 'node:util';
import { EngineError } from './engine.js';
import { enginesUsed } from './installation.js';

const run = promisify(execFile);

/** Programs that are not Go modules, in any version: the Debian package of each. */
const packages = {
  busybox: 'busybox-static',
  initdb: 'postgresql',
  ip: 'iproute2',
  ipset: 'ipset',
  iptables: 'iptables',
  pg_basebackup: 'postgresql',
  postgres: 'postgresql',
  psql: 'postgresql',
  python3: 'python3',
  // The server with another name: the package redis-server would also start one.
  'redis-check-rdb': 'redis-tools',
  'redis-cli': 'redis-tools',
  runc: 'runc',
  unshare: 'util-linux',
} as const;

/** A program that comes from a Debian package. */
export type Program = keyof typeof packages;

/** The argument of `npx tsx tools/engines.ts` for all of them. */
export const debian = 'debian';

/** The path of a system program; throws an `EngineError` if it is missing. */
export async function systemProgram(program: Program): Promise<string> {
  const path = find(program);
  if (path === undefined) {
    const remedy = `To install it: npx tsx tools/engines.ts ${debian}`;
    throw new EngineError(`${program}, which this test runs, is not on PATH. ${remedy}`);
  }
  enginesUsed.add(`${program} ${await versionOf(packages[program])}`);
  return path;
}

/** Installs the packages of missing programs; only root on Debian can do this. */
export async function installPrograms(): Promise<void> {
  const missing = (Object.keys(packages) as Program[]).filter((one) => find(one) === undefined);
  if (missing.length === 0) {
    process.stdout.write(`${debian}: already installed\n`);
    return;
  }
  const names = [...new Set(missing.map((program) => packages[program]))];
  process.stdout.write(`${debian}: installing ${names.join(', ')} …\n`);
  const begin = performance.now();
  try {
    await run('apt-get', ['update']);
    await run('apt-get', ['install', '--yes', '--no-install-recommends', ...names], {
      // In a container, this run level keeps the package postgresql from starting a server.
      env: { ...process.env, DEBIAN_FRONTEND: 'noninteractive', RUNLEVEL: '1' },
    });
  } catch (error) {
    const reason = error instanceof Error ? error.message.trimEnd() : String(error);
    const remedy = `Needed on PATH: ${missing.join(', ')}. As root on Debian: apt-get install`;
    const message = `${debian}: not installed\n${reason}\n${remedy} ${names.join(' ')}`;
    process.stdout.write(`${message}\n`);
    throw new EngineError(message);
  }
  const seconds = Math.round((performance.now() - begin) / 1000);
  process.stdout.write(`${debian}: installed in ${seconds} s\n`);
}

function find(program: Program): string | undefined {
  // Debian has the first two only in the PATH of root, and those of PostgreSQL in no PATH.
  const others = ['/usr/sbin', '/sbin', ...postgresFolders()];
  const folders = [...others, ...(process.env.PATH ?? '').split(delimiter)];
  return folders.map((folder) => join(folder, program)).find(existsSync);
}

/** The folders with the programs of PostgreSQL, the newest release first. */
function postgresFolders(): string[] {
  const all = '/usr/lib/postgresql';
  const releases = existsSync(all) ? readdirSync(all).map(Number) : [];
  return releases.sort((a, b) => b - a).map((release) => join(all, `${release}`, 'bin'));
}

/** The version of an installed package, or a text if the program exists without one. */
async function versionOf(name: string): Promise<string> {
  try {
    const { stdout } = await run('dpkg-query', ['--show', '--showformat=${Version}', name]);
    return stdout;
  } catch {
    return 'of the system';
  }
}
