import { execFile, spawn } from 'node:child_process';
import { existsSync, mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, describe, expect, it } from 'vitest';
import { startBackups } from './backup-jobs.js';
import { eventually } from './wait.js';

const { at, run, stop } = await startBackups();
const writers = new Set<() => Promise<void>>();

afterAll(async () => {
  for (const end of writers) await end();
  await stop();
});

/** Moves one unit from an account to another in each transaction, as fast as SQLite can, until its input ends. */
const writer = `
import os, sqlite3, sys, threading
path, mode = sys.argv[1:]
db = sqlite3.connect(path, timeout=60, isolation_level=None)
db.execute(f'PRAGMA journal_mode = {mode}')
db.execute('CREATE TABLE account (name TEXT PRIMARY KEY, units INTEGER)')
db.execute('CREATE TABLE transfer (id INTEGER PRIMARY KEY, filler TEXT)')
db.execute("INSERT INTO account VALUES ('from', 1000000), ('to', 0)")
ended = threading.Event()
threading.Thread(target=lambda: (sys.stdin.read(), ended.set()), daemon=True).start()
while not ended.is_set():
    db.execute('BEGIN IMMEDIATE')
    db.execute("UPDATE account SET units = units - 1 WHERE name = 'from'")
    db.execute("INSERT INTO transfer (filler) VALUES (?)", ('x' * 2000,))
    db.execute("UPDATE account SET units = units + 1 WHERE name = 'to'")
    db.execute('COMMIT')
`;

/** Starts the program, and returns what ends it. */
const startWriter = (database: string, mode: string): (() => Promise<void>) => {
  const child = spawn('python3', ['-c', writer, database, mode], {
    stdio: ['pipe', 'ignore', 'inherit'],
  });
  const ended = new Promise<void>((resolve) => child.on('close', () => resolve()));
  const end = async (): Promise<void> => {
    child.stdin.end();
    await ended;
    writers.delete(end);
  };
  writers.add(end);
  return end;
};

/** The rows of an expression in a database. */
const ask = (database: string, sql: string): Promise<unknown[]> =>
  new Promise((resolve, reject) =>
    execFile(
      'python3',
      [
        '-c',
        'import json, sqlite3, sys; print(json.dumps(sqlite3.connect(f"file:{sys.argv[1]}?mode=ro", uri=True, timeout=60).execute(sys.argv[2]).fetchone()))',
        database,
        sql,
      ],
      (error, stdout) => (error ? reject(error) : resolve(JSON.parse(stdout))),
    ),
  );

/** Overwrites all pages but the first one, which has the schema. */
const breakPages = (file: string): void => {
  const bytes = readFileSync(file);
  bytes.fill(0xff, 4096);
  writeFileSync(file, bytes);
};

const transfers = async (database: string): Promise<number> =>
  Number((await ask(database, 'SELECT count(*) FROM transfer'))[0]);

// A Grafana would write less often; SQLite and the jobs are the real ones.
describe.each(['delete', 'wal'])(
  'a database with journal mode %s, of a program that writes',
  (mode) => {
    const pods = `grafana-${mode}`;
    const volume = join(at(pods), 'var/lib/grafana');
    const database = join(volume, 'grafana.db');

    it('is copied as a whole while it is written, and restored after its loss', async () => {
      mkdirSync(join(volume, 'plugins'), { recursive: true });
      writeFileSync(join(volume, 'plugins', 'plugin.txt'), 'a plugin');
      const end = startWriter(database, mode);
      await eventually('the program has written', async () =>
        existsSync(database) && (await transfers(database).catch(() => 0)) > 200 ? true : undefined,
      );
      const before = await transfers(database);
      const copied = await run('backup-grafana', pods, { container: 'sqlite' });
      expect(copied).toMatchObject({
        code: 0,
        log: expect.stringMatching(/^grafana.db: \d+ bytes\n$/),
      });
      const after = await transfers(database);
      expect(after).toBeGreaterThan(before);
      expect(await run('backup-grafana', pods)).toMatchObject({ code: 0 });
      await end();

      rmSync(volume, { recursive: true });
      mkdirSync(volume);
      expect(await run('restore-grafana-0', pods)).toMatchObject({ code: 0 });
      expect(existsSync(join(volume, 'plugins', 'plugin.txt'))).toBe(true);
      const restored = await transfers(database);
      expect(restored).toBeGreaterThanOrEqual(before);
      expect(restored).toBeLessThanOrEqual(after);
      // Half of a transaction would show here.
      expect(await ask(database, 'SELECT sum(units), max(units) FROM account')).toEqual([
        1_000_000,
        1_000_000 - restored,
      ]);
    });

    it('is verified from the bucket, and one with a broken page is not', async () => {
      expect(await run('verify-grafana', `${pods}-copy`)).toMatchObject({ code: 0 });
      const open = () => run('verify-grafana', `${pods}-copy`, { container: 'sqlite' });
      expect(await open()).toMatchObject({
        code: 0,
        log: expect.stringMatching(/grafana.db: account 2\n.*grafana.db: transfer \d+\n/s),
      });
      const copy = join(at(`${pods}-copy`), 'var/lib/grafana/grafana.db');
      breakPages(copy);
      expect((await open()).code).not.toBe(0);
    });

    it('is restored over a volume with the journal of a program that was killed', async () => {
      const [journal] = mode === 'wal' ? ['grafana.db-wal'] : ['grafana.db-journal'];
      // A journal of other content, which SQLite would apply to the database.
      writeFileSync(join(volume, journal), 'a journal of another database');
      expect(await run('restore-grafana-0', pods)).toMatchObject({ code: 0 });
      expect(existsSync(join(volume, journal))).toBe(false);
      expect(await ask(database, 'PRAGMA integrity_check')).toEqual(['ok']);
    });
  },
);

it('a database that does not exist has no copy, and the job fails', async () => {
  mkdirSync(join(at('grafana-none'), 'var/lib/grafana'), { recursive: true });
  const { code, log } = await run('backup-grafana', 'grafana-none', { container: 'sqlite' });
  expect(code).not.toBe(0);
  expect(log).toContain('unable to open database file');
});
