import { execFile, execFileSync } from 'node:child_process';
import { appendFileSync, chmodSync, chownSync, mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { startChild } from '../engines/child.js';
import { type Program, systemProgram } from '../engines/debian.js';
import { freePort } from '../engines/port.js';
import type { Certificate } from './certificate.js';
import { eventually } from './wait.js';

const run = promisify(execFile);

/** A PostgreSQL server from Debian on the loopback address. */
export interface PostgresServer {
  readonly port: number;
  /** The folder with its data. */
  readonly folder: string;
  /** Runs statements as the superuser, and returns the values of their results. */
  command(sql: string, database?: string): Promise<string>;
  /** Stops the server; `fast` closes all connections. */
  stop(): Promise<void>;
}

/** The certificates with which a server proves itself, and verifies its clients. */
export interface ServerCertificates {
  readonly server: Certificate;
  /** Of a client that needs no password. */
  readonly client: Certificate;
}

/** The user that runs the server: it refuses to run as root. */
const account = (): { uid: number; gid: number } | undefined => {
  if (process.getuid?.() !== 0) return undefined;
  const id = (flag: string) => Number(execFileSync('id', [flag, 'postgres'], { encoding: 'utf8' }));
  return { uid: id('-u'), gid: id('-g') };
};

/** Runs one of PostgreSQL's programs with a folder that only its user can read. */
const runIn = async (folder: string, program: Program, args: readonly string[]): Promise<void> => {
  await run(await systemProgram(program), [...args], { cwd: folder, ...account() });
};

const emptyFolder = (parent: string, port: number): string => {
  const folder = join(parent, `postgres-${port}`);
  mkdirSync(folder);
  chmodSync(parent, 0o711);
  const owner = account();
  if (owner) chownSync(folder, owner.uid, owner.gid);
  return folder;
};

/**
 * Starts a primary that accepts only connections with TLS: by a password, or of the user `certified`
 * by its certificate. `settings` are such as `['max_connections=20']`.
 */
export const startPostgres = async (
  parent: string,
  certificates: ServerCertificates,
  settings: readonly string[] = [],
): Promise<PostgresServer> => {
  const port = await freePort();
  const folder = emptyFolder(parent, port);
  const data = join(folder, 'data');
  await runIn(folder, 'initdb', ['-D', data, '-U', 'postgres', '--auth=trust', '--no-sync']);
  const files = {
    'server.crt': certificates.server.cert,
    'server.key': certificates.server.key,
    'clients.crt': certificates.client.cert,
    'pg_hba.conf': [
      'local all postgres trust',
      'local replication postgres trust',
      'hostssl all certified 127.0.0.1/32 cert',
      'hostssl all all 127.0.0.1/32 scram-sha-256',
      '',
    ].join('\n'),
  };
  for (const [name, text] of Object.entries(files)) {
    const path = join(data, name);
    writeFileSync(path, text);
    chmodSync(path, 0o600);
    const owner = account();
    if (owner) chownSync(path, owner.uid, owner.gid);
  }
  const tls = ['ssl=on', "ssl_cert_file='server.crt'", "ssl_key_file='server.key'"];
  return startServer(folder, port, [...tls, "ssl_ca_file='clients.crt'", 'fsync=off', ...settings]);
};

/** Starts a streaming replica of a primary, with a replication slot `replica`. */
export const startReplica = async (
  parent: string,
  primary: PostgresServer,
): Promise<PostgresServer> => {
  const port = await freePort();
  const folder = emptyFolder(parent, port);
  const source = ['-h', primary.folder, '-p', `${primary.port}`, '-U', 'postgres'];
  const slot = ['--create-slot', '--slot=replica', '--write-recovery-conf', '--checkpoint=fast'];
  await runIn(folder, 'pg_basebackup', [...source, '-D', join(folder, 'data'), ...slot]);
  return startServer(folder, port, []);
};

const startServer = async (
  folder: string,
  port: number,
  settings: readonly string[],
): Promise<PostgresServer> => {
  const data = join(folder, 'data');
  const text = ["listen_addresses='127.0.0.1'", `port=${port}`, ...settings].join('\n');
  // The last value of a setting counts: a replica has the file of its primary.
  appendFileSync(join(data, 'postgresql.conf'), `${text}\nunix_socket_directories='${folder}'\n`);
  const program = await systemProgram('postgres');
  const child = startChild(program, ['-D', data], { cwd: folder, env: process.env, ...account() });
  const client = await systemProgram('psql');
  const command = async (sql: string, database = 'postgres'): Promise<string> => {
    const to = ['-h', folder, '-p', `${port}`, '-U', 'postgres', '-d', database];
    const { stdout } = await run(client, [...to, '-XAtq', '-v', 'ON_ERROR_STOP=1', '-c', sql]);
    return stdout.trimEnd();
  };
  // A fast stop, which ends the sessions of clients.
  const stop = () => child.terminate('SIGINT');
  try {
    await eventually('postgres answers or ends', async () => {
      if (child.ending() !== undefined) return true;
      return (await command('SELECT 1')) === '1' || undefined;
    });
    if (child.ending() !== undefined)
      throw new Error(`postgres: ${child.ending()}: ${child.log()}`);
  } catch (error) {
    await stop();
    throw error;
  }
  return { port, folder, command, stop };
};
