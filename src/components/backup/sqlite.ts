import type { VolumeCopy } from '../../model/volume-copy.js';

/** Where copies of databases are before restic sends them. */
export const databaseFolder = '/databases';

/** A database with the files that SQLite writes beside it: https://www.sqlite.org/tempfiles.html */
export const filesOf = (database: string): string[] =>
  ['', '-journal', '-wal', '-shm'].map((suffix) => `${database}${suffix}`);

/**
 * Copies databases with the interface that SQLite has for this: a transaction of the program is in the copy as a whole,
 * or not at all. The copy takes one step, during which the program waits before it writes.
 * https://www.sqlite.org/backup.html
 */
export const databaseScript = ({
  path,
  databases = [],
}: Pick<VolumeCopy, 'path' | 'databases'>): string => `set -eu

exec python3 - ${databases.join(' ')} <<'END'
import contextlib, os, sqlite3, sys

for name in sys.argv[1:]:
    source, target = os.path.join('${path}', name), os.path.join('${databaseFolder}', name)
    os.makedirs(os.path.dirname(target), exist_ok=True)
    if os.path.exists(target):
        os.remove(target)
    with contextlib.closing(sqlite3.connect(f'file:{source}?mode=ro', uri=True, timeout=60)) as live:
        with contextlib.closing(sqlite3.connect(target)) as copy:
            live.backup(copy)
            found = copy.execute('PRAGMA integrity_check').fetchone()[0]
            if found != 'ok':
                sys.exit(f'{name}: {found}')
    print(f'{name}: {os.path.getsize(target)} bytes')
END
`;

/** Opens restored databases, reads all of their pages, and prints the number of rows of each table. */
export const databaseCheck = ({
  path,
  databases = [],
}: Pick<VolumeCopy, 'path' | 'databases'>): string => `set -eu

exec python3 - ${databases.join(' ')} <<'END'
import os, sqlite3, sys

for name in sys.argv[1:]:
    database = sqlite3.connect(f"file:{os.path.join('${path}', name)}?mode=ro", uri=True)
    found = database.execute('PRAGMA integrity_check').fetchone()[0]
    if found != 'ok':
        sys.exit(f'{name}: {found}')
    tables = database.execute("SELECT name FROM sqlite_master WHERE type = 'table' ORDER BY name").fetchall()
    for (table,) in tables:
        quoted = table.replace('"', '""')
        rows = database.execute(f'SELECT count(*) FROM "{quoted}"').fetchone()[0]
        print(f'{name}: {table} {rows}')
END
`;
