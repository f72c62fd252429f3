import type { VolumeCopy } from '../../model/volume-copy.js';

/** Where copies of databases are before restic sends them. */
export const databaseFolder = '/databases';

/** A database with the files that SQLite writes beside it: https://www.sqlite.org/tempfiles.html */
export const filesOf = (database: string): string[] =>
  ['', '-journal', '-wal', '-shm'].map((suffix) => `${database}${suffix}`);

type Copied = Pick<VolumeCopy, 'path' | 'databases'>;

/** How many seconds a copy waits for a lock, which a program usually holds for milliseconds. */
const patience = 600;

/**
 * Copies databases with the interface that SQLite has for this: a transaction of the program is in the copy as a whole,
 * or not at all. The copy takes one step, during which the program waits before it writes.
 * https://www.sqlite.org/backup.html
 */
export const databaseScript = (copy: Copied): string =>
  script(
    copy,
    `patience = ${patience}
# Grafana logs a warning about a database that others can read.
os.umask(0o027)


def copy(name):
    source, target = os.path.join("${copy.path}", name), os.path.join("${databaseFolder}", name)
    os.makedirs(os.path.dirname(target), exist_ok=True)
    start = time.monotonic()

    # Otherwise it waits without a limit.
    def waited(status, *pages):
        busy = status in (sqlite3.SQLITE_BUSY, sqlite3.SQLITE_LOCKED)
        if busy and time.monotonic() - start > patience:
            sys.exit(f"{name}: locked for {patience} seconds")

    with opened(source, "ro") as live, opened(target, "rwc") as database:
        live.backup(database, progress=waited)
    with opened(target, "rw") as database:
        check(name, database)
    print(f"{name}: {os.path.getsize(target)} bytes")


each(copy)
`,
  );

/** Opens restored databases, reads all of their pages, and prints the number of rows of each table. */
export const databaseCheck = (copy: Copied): string =>
  script(
    copy,
    `def read(name):
    with opened(os.path.join("${copy.path}", name), "ro") as database:
        for table in check(name, database):
            quoted = table.replace('"', '""')
            (rows,) = database.execute(f'SELECT count(*) FROM "{quoted}"').fetchone()
            print(f"{name}: {table} {rows}")


each(read)
`,
  );

/** A program for the Python of the image. Names are in quotes, and have no quotes. */
const script = ({ databases = [] }: Copied, program: string): string => `set -eu

exec python3 - ${databases.map((name) => `'${name}'`).join(' ')} <<'END'
import os, sqlite3, sys, time
from contextlib import closing


def opened(path, mode):
    return closing(sqlite3.connect(f"file:{path}?mode={mode}", uri=True))


def check(name, database):
    faults = [fault for (fault,) in database.execute("PRAGMA integrity_check")]
    if faults != ["ok"]:
        sys.exit(f"{name}: {faults[0]}")
    # Counting the rows of a virtual table can need a module that only its program has.
    tables = database.execute(
        "SELECT name FROM sqlite_schema WHERE type = 'table' AND sql NOT LIKE 'CREATE VIRTUAL%' ORDER BY name"
    ).fetchall()
    if not tables:
        sys.exit(f"{name}: no tables")
    return [table for (table,) in tables]


def each(task):
    for name in sys.argv[1:]:
        try:
            task(name)
        except sqlite3.Error as error:
            sys.exit(f"{name}: {error}")


${program}END
`;
