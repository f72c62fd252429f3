import type { VolumeCopy } from '../../model/volume-copy.js';
import { databaseFolder, filesOf } from './sqlite.js';

type Restored = Pick<VolumeCopy, 'path' | 'databases' | 'derived' | 'stopped' | 'without'>;

/** How many copies are kept. */
export interface Keep {
  readonly daily: number;
  readonly weekly: number;
  readonly monthly: number;
}

/** The pattern of what is left out: a name with a star can be anywhere. */
const patternOf = (path: string, name: string): string =>
  name.includes('*') ? name : `${path}/${name}`;

// A copy is complete only with this tag, so that nobody restores one that lacks files.
const unfinished = 'unfinished';
const complete = 'complete';

/**
 * Copies a volume, and deletes old copies. restic ends with 10 if there is no repository, and with 3 if it could not
 * read a file: one that the writer deleted meanwhile.
 * https://restic.readthedocs.io/en/v0.18.1/075_scripting.html#exit-codes
 */
export const backupScript = (
  { path, without, databases = [], derived = [] }: Restored,
  { daily, weekly, monthly }: Keep,
): string => `set -eu

code=0
restic cat config --no-lock >/dev/null || code=$?
if [ "$code" -eq 10 ]; then
  restic init
elif [ "$code" -ne 0 ]; then
  exit "$code"
fi

# Only those of runs that were killed: any other command waits for them, and then fails.
restic unlock

copy() {
  # An earlier copy that lacks files.
  restic forget --tag=${unfinished} --unsafe-allow-remove-all
  restic backup ${[path, ...(databases.length > 0 ? [databaseFolder] : [])].join(' ')} \\
    --tag=${unfinished} \\
${[...without, ...derived, ...databases.flatMap(filesOf)].map((name) => `    --exclude='${patternOf(path, name)}' \\\n`).join('')}    --no-scan
}

attempt=1
while true; do
  code=0
  copy || code=$?
  if [ "$code" -eq 0 ]; then break; fi
  # A file was deleted while it was read, as after a compaction: the next attempt finds what replaced it.
  if [ "$code" -ne 3 ] || [ "$attempt" -ge ${attempts} ]; then exit "$code"; fi
  attempt=$((attempt + 1))
done

restic tag --tag=${unfinished} --set=${complete}
restic forget --tag=${complete} --group-by='' \\
  --keep-last=1 --keep-daily=${daily} --keep-weekly=${weekly} --keep-monthly=${monthly} --prune
`;

const attempts = 5;

/**
 * Writes a copy to the volume: the newest one, or the one in the variable COPY. Files on the volume that are not in the
 * copy stay. Deleted are the journals of databases, which SQLite would apply to the copy, what was made from other data,
 * and all other files of a workload that must be stopped for a copy, as its files belong together.
 */
export const restoreScript = ({
  path,
  databases = [],
  derived = [],
  stopped = false,
  without,
}: Restored): string => `set -eu

restic unlock
restic snapshots --tag=${complete}
restic restore "$COPY:${path}" --tag=${complete} --target=${path}${stopped ? ` --delete${without.map((name) => ` --exclude='${patternOf('', name)}'`).join('')}` : ''}
${
  databases.length === 0
    ? ''
    : `rm -f ${databases
        .flatMap(filesOf)
        .map((name) => `${path}/${name}`)
        .join(' ')}\nrestic restore "$COPY:${databaseFolder}" --tag=${complete} --target=${path}\n`
}${derived.map((name) => `rm -rf ${path}/${name}\n`).join('')}`;

/** Reads the repository, and writes its newest copy to an empty volume, which compares all of its bytes. */
export const verifyScript = (copy: Restored): string => `${restoreScript(copy)}
restic check
`;
