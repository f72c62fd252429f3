import { execFile, spawn } from 'node:child_process';
import { once } from 'node:events';
import { createInterface } from 'node:readline';
import { promisify } from 'node:util';
import { systemProgram } from '../engines/debian.js';

/** How SQLite keeps a transaction until it is complete: Grafana's default is `delete`. */
export type JournalMode = 'delete' | 'wal';

const program = `import sqlite3, sys, time
path, mode, size = sys.argv[1], sys.argv[2], int(sys.argv[3])
db = sqlite3.connect(path, timeout=30, isolation_level=None)
db.execute(f"PRAGMA journal_mode={mode}")
# Changed pages are written before the end of a transaction.
db.execute("PRAGMA cache_size=20")
db.executescript("""
CREATE TABLE IF NOT EXISTS account (id INTEGER PRIMARY KEY, balance INTEGER);
CREATE TABLE IF NOT EXISTS transfer (id INTEGER PRIMARY KEY, amount INTEGER, note BLOB);
CREATE TABLE IF NOT EXISTS ballast (id INTEGER PRIMARY KEY, bytes BLOB);
""")
if db.execute("SELECT count(*) FROM account").fetchone() == (0,):
    db.executemany("INSERT INTO account VALUES (?, 0)", [(i,) for i in range(2000)])
    for _ in range(size):
        db.execute("INSERT INTO ballast (bytes) VALUES (randomblob(1000000))")
number = db.execute("SELECT count(*) FROM transfer").fetchone()[0]
last = time.monotonic()
while True:
    number += 1
    db.execute("BEGIN IMMEDIATE")
    for i in range(100):
        db.execute("UPDATE account SET balance = balance + ? WHERE id = ?", (1 if i % 2 else -1, (number * 7 + i * 13) % 2000))
    db.execute("INSERT INTO transfer VALUES (?, 50, randomblob(2000))", (number,))
    db.execute("COMMIT")
    now = time.monotonic()
    print(number, now - last, flush=True)
    last = now
`;

/** A process that writes to a database without a pause: transfers between accounts, whose sum is 0 between two transactions. */
export interface SqliteWriter {
  /** Transfers that are in the database. */
  transfers(): number;
  /** The longest time between two transactions since the last call, in seconds. */
  longestPause(): number;
  kill(): Promise<void>;
}

/** Starts a writer; a new database gets some megabytes that never change. */
export const startSqliteWriter = async (
  path: string,
  mode: JournalMode,
  megabytes = 1,
): Promise<SqliteWriter> => {
  const python = await systemProgram('python3');
  const child = spawn(python, ['-c', program, path, mode, `${megabytes}`], {
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  const ended = once(child, 'exit');
  let transfers = 0;
  let longest = 0;
  const lines = createInterface({ input: child.stdout });
  lines.on('line', (line) => {
    const [number, seconds] = line.split(' ').map(Number);
    transfers = number!;
    longest = Math.max(longest, seconds!);
  });
  await Promise.race([
    once(lines, 'line'),
    ended.then(([code]) => Promise.reject(new Error(`The writer ended with ${code}.`))),
  ]);
  longest = 0;
  return {
    transfers: () => transfers,
    longestPause: () => {
      const seconds = longest;
      longest = 0;
      return seconds;
    },
    kill: async () => {
      child.kill('SIGKILL');
      await ended;
    },
  };
};

const inTransaction = `import os, sqlite3, sys
db = sqlite3.connect(sys.argv[1], timeout=30, isolation_level=None)
db.execute("PRAGMA cache_size=1")
db.execute("BEGIN EXCLUSIVE")
db.execute("UPDATE account SET balance = balance + 1")
db.execute("UPDATE ballast SET bytes = randomblob(1000000)")
print("started", flush=True)
sys.stdin.read()
db.execute("ROLLBACK")
`;

/** A process that keeps a database locked. */
export const startTransaction = async (
  path: string,
): Promise<{ end(): Promise<void>; kill(): Promise<void> }> => {
  const child = spawn(await systemProgram('python3'), ['-c', inTransaction, path], {
    stdio: ['pipe', 'pipe', 'inherit'],
  });
  const ended = once(child, 'exit');
  await once(child.stdout, 'data');
  return {
    end: async () => {
      child.stdin.end();
      await ended;
    },
    kill: async () => {
      child.kill('SIGKILL');
      await ended;
    },
  };
};

/** Kills a process in a transaction, of which changed pages are on the disk. */
export const endInTransaction = async (path: string): Promise<void> => {
  await (await startTransaction(path)).kill();
};

const reader = `import json, sqlite3, sys
db = sqlite3.connect(sys.argv[1])
one = lambda query: db.execute(query).fetchone()[0]
print(json.dumps({
    "integrity": one("PRAGMA integrity_check"),
    "sum": one("SELECT sum(balance) FROM account"),
    "transfers": one("SELECT count(*) FROM transfer"),
    "last": one("SELECT max(id) FROM transfer"),
}))
`;

/** What a database has that no process writes. */
export interface SqliteState {
  readonly integrity: string;
  readonly sum: number;
  readonly transfers: number;
  readonly last: number;
}

/** Opens a database, and reads all of it. */
export const readSqlite = async (path: string): Promise<SqliteState> => {
  const { stdout } = await promisify(execFile)(await systemProgram('python3'), [
    '-c',
    reader,
    path,
  ]);
  return JSON.parse(stdout);
};
