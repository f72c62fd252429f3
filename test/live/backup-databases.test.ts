import { execFile } from 'node:child_process';
import {
  chmodSync,
  existsSync,
  mkdirSync,
  readdirSync,
  readFileSync,
  rmSync,
  statSync,
  writeFileSync,
} from 'node:fs';
import { dirname, join } from 'node:path';
import { promisify } from 'node:util';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { systemProgram } from '../engines/debian.js';
import { type Run, seconds, startBackups } from './backup-jobs.js';
import {
  endInTransaction,
  readSqlite,
  type SqliteWriter,
  startSqliteWriter,
  startTransaction,
} from './sqlite-writer.js';
import { eventually } from './wait.js';

const { folder, at, run, stop } = await startBackups();
const writers = new Set<SqliteWriter>();

afterAll(async () => {
  for (const writer of writers) await writer.kill();
  await stop();
});

const start = async (...one: Parameters<typeof startSqliteWriter>): Promise<SqliteWriter> => {
  const writer = await startSqliteWriter(...one);
  writers.add(writer);
  return writer;
};
const kill = async (writer: SqliteWriter): Promise<void> => {
  await writer.kill();
  writers.delete(writer);
};

/** A folder with a program that runs Python with a folder that it can only read, as in the pod. */
const readOnlyPython = async (volume: string): Promise<string> => {
  const wrapper = join(folder, 'read-only', volume.replaceAll('/', '-'));
  mkdirSync(wrapper, { recursive: true });
  const program = join(wrapper, 'python3');
  const [unshare, python] = [await systemProgram('unshare'), await systemProgram('python3')];
  writeFileSync(
    program,
    `#!/bin/sh
exec ${unshare} --map-root-user --mount /bin/sh -c 'mount --bind ${volume} ${volume} && mount -o remount,bind,ro ${volume} && exec ${python} "$@"' sh "$@"
`,
  );
  chmodSync(program, 0o755);
  return wrapper;
};

/** Runs the container that copies the databases of Grafana. */
const copyDatabases = async (pods: string): Promise<Run> => {
  // Each pod has an empty folder.
  rmSync(join(at(pods), 'databases'), { recursive: true, force: true });
  const path = [await readOnlyPython(join(at(pods), 'var/lib/grafana'))];
  return run('backup-grafana', pods, { container: 'sqlite', path });
};

/** Overwrites a part of the pages, but not the first one, which has the schema. */
const breakPages = (bytes: Buffer): Buffer => bytes.fill(0xa5, 8192, 16_384);

const megabytes = 100;

// A Grafana writes less often; its own database has the first mode, unless its settings state the other one.
describe.each(['delete', 'wal'] as const)(
  'a database with the journal mode %s, to which a process writes',
  (mode) => {
    const pods = `grafana-${mode}`;
    const volume = join(at(pods), 'var/lib/grafana');
    const database = join(volume, 'grafana.db');
    let writer: SqliteWriter;
    let copied: { least: number; most: number };

    it('is copied without a change of its volume', async ({ annotate }) => {
      for (const name of ['credentials', 'unified-search'])
        mkdirSync(join(volume, name), { recursive: true });
      writeFileSync(join(volume, 'credentials', 'secret-key'), 'key-of-the-test');
      writeFileSync(join(volume, 'unified-search', 'index'), 'of the search');
      writer = await start(database, mode, megabytes);
      const least = writer.transfers();
      const [copy, took] = await seconds(() => copyDatabases(pods));
      expect(copy).toMatchObject({ code: 0 });
      copied = { least, most: writer.transfers() };
      expect(copied.most).toBeGreaterThan(least);
      const file = join(at(pods), 'databases', 'grafana.db');
      expect(readdirSync(dirname(file))).toEqual(['grafana.db']);
      // Grafana logs a warning about a database that others can read.
      expect(statSync(file).mode & 0o777).toBe(0o640);
      // A transaction that waited is counted at its end.
      await eventually('the process continues', async () =>
        writer.transfers() > copied.most ? true : undefined,
      );
      const pause = writer.longestPause().toFixed(2);
      const [sent, sending] = await seconds(() => run('backup-grafana', pods));
      expect(sent).toMatchObject({ code: 0 });
      await annotate(
        `a database of ${megabytes} MB with the journal mode ${mode} is copied and checked in ${took} s, in which the longest pause of the process is ${pause} s, and is in the bucket ${sending} s later`,
        'figure',
      );
    });

    it('is as it was between two transactions after its volume is lost and restored', async ({
      annotate,
    }) => {
      await kill(writer);
      rmSync(volume, { recursive: true });
      mkdirSync(volume);
      const [restored, took] = await seconds(() => run('restore-grafana-0', pods));
      expect(restored).toMatchObject({ code: 0 });
      await annotate(`with the journal mode ${mode}, it is restored in ${took} s`, 'figure');
      expect(readdirSync(volume).sort()).toEqual(['credentials', 'grafana.db']);
      expect(readFileSync(join(volume, 'credentials', 'secret-key'), 'utf8')).toBe(
        'key-of-the-test',
      );
      const state = await readSqlite(database);
      // Half of a transaction would change the sum.
      expect(state).toMatchObject({ integrity: 'ok', sum: 0, transfers: state.last });
      expect(state.last).toBeGreaterThanOrEqual(copied.least);
      expect(state.last).toBeLessThanOrEqual(copied.most);
    });

    it('is the copy, too, after a restore to the volume of a process that was killed in a transaction', async () => {
      const before = await readSqlite(database);
      writer = await start(database, mode);
      await eventually('the process continues', async () =>
        writer.transfers() > before.last + 20 ? true : undefined,
      );
      await kill(writer);
      await endInTransaction(database);
      expect(existsSync(`${database}-${mode === 'wal' ? 'wal' : 'journal'}`)).toBe(true);
      mkdirSync(join(volume, 'unified-search'));
      expect(await run('restore-grafana-0', pods)).toMatchObject({ code: 0 });
      expect(readdirSync(volume).sort()).toEqual(['credentials', 'grafana.db']);
      expect(await readSqlite(database)).toEqual(before);
    });

    it('is verified from the bucket, and one with broken pages is not', async () => {
      expect(await run('verify-grafana', `${pods}-copy`)).toMatchObject({ code: 0 });
      const open = () => run('verify-grafana', `${pods}-copy`, { container: 'sqlite' });
      const { transfers } = await readSqlite(database);
      const opened = await open();
      expect(opened.code).toBe(0);
      expect(opened.log).toContain('grafana.db: account 2000\n');
      expect(opened.log).toContain(`grafana.db: transfer ${transfers}\n`);
      const copy = join(at(`${pods}-copy`), 'var/lib/grafana/grafana.db');
      writeFileSync(copy, breakPages(readFileSync(copy)));
      expect(await open()).toEqual({ code: 1, log: expect.stringMatching(/^grafana\.db: ./) });
    });
  },
);

describe('the job that copies a database', () => {
  const pods = 'grafana';
  const volume = join(at(pods), 'var/lib/grafana');
  const database = join(volume, 'grafana.db');

  beforeAll(async () => {
    mkdirSync(volume, { recursive: true });
    await kill(await start(database, 'delete'));
  });

  it.each<[string, (bytes: Buffer) => Buffer | undefined]>([
    ['that does not exist', () => undefined],
    ['with broken pages', breakPages],
    ['that is a text', () => Buffer.from('no database, but a text of some bytes\n')],
    ['that is empty', () => Buffer.alloc(0)],
  ])('fails for one %s', async (_, change) => {
    const whole = readFileSync(database);
    const changed = change(Buffer.from(whole));
    if (changed) writeFileSync(database, changed);
    else rmSync(database);
    const { code, log } = await copyDatabases(pods);
    writeFileSync(database, whole);
    expect({ code, log }).toEqual({ code: 1, log: expect.stringMatching(/^grafana\.db: ./) });
  });

  it('waits for a lock, but not forever', async () => {
    const transaction = await startTransaction(database);
    const script = join(at(pods), 'scripts', 'databases.sh');
    const text = readFileSync(script, 'utf8');
    expect(text).toContain('patience = 600\n');
    const impatient = promisify(execFile)('/bin/sh', [
      '-c',
      text.replace('patience = 600', 'patience = 1'),
    ]);
    await expect(impatient).rejects.toMatchObject({
      stderr: 'grafana.db: locked for 1 seconds\n',
      code: 1,
    });
    const waiting = copyDatabases(pods);
    await transaction.end();
    expect(await waiting).toMatchObject({ code: 0 });
  });

  it('fails after a process was killed in a transaction, until the next one opens the database', async () => {
    await endInTransaction(database);
    expect(existsSync(`${database}-journal`)).toBe(true);
    expect(await copyDatabases(pods)).toEqual({
      code: 1,
      log: expect.stringMatching(/^grafana\.db: .+\n$/),
    });
    await kill(await start(database, 'delete'));
    expect(await copyDatabases(pods)).toMatchObject({ code: 0 });
    expect(await run('backup-grafana', pods)).toMatchObject({ code: 0 });
  });
});
