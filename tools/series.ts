/** Counts the series of each family on the pages of the given engines, and writes the counts. */
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Capture } from '../test/catalogues/capture.js';
import type { Observation } from '../test/catalogues/observation.js';

const folderOfCounts = join(import.meta.dirname, '../src/catalogues/series');
const file = join(folderOfCounts, 'counts.json');
const perCpuFile = join(folderOfCounts, 'per-cpu.json');

type Counts = Record<string, Record<string, number>>;

const countsOf = ({ families }: Observation): Map<string, number> =>
  new Map(families.flatMap(({ series }) => [...series]));

/** The number of series of a name for each CPU; half a series for a sensor of each core. */
const difference = (few: Map<string, number>, many: Map<string, number>, cpus: number) =>
  Object.fromEntries(
    [...many]
      .map(([name, count]): [string, number] => [name, (count - (few.get(name) ?? 0)) / cpus])
      .filter(([, count]) => count > 0)
      .sort(),
  );

const writeCounts = (to: string, counts: Counts): void => {
  const sorted = Object.fromEntries(Object.entries(counts).sort());
  writeFileSync(to, `${JSON.stringify(sorted, null, 1)}\n`);
};

for (const name of process.argv.slice(2)) {
  const { default: capture }: { default: Capture } = await import(
    join(import.meta.dirname, '../test/catalogues/captures', `${name}.ts`)
  );
  const folder = mkdtempSync(join(tmpdir(), `crowsnest-${name}-`));
  try {
    const release = (await capture.releases()).at(-1)!;
    const pages = await capture.run(folder, release);
    const counts: Counts = JSON.parse(readFileSync(file, 'utf8'));
    for (const [catalogue, { seen }] of Object.entries(pages)) {
      const all = seen.length === 0 ? [] : [...countsOf(seen.at(-1)!)];
      if (all.length === 0) continue;
      counts[catalogue] = Object.fromEntries(all.sort());
      const sum = all.reduce((total, [, count]) => total + count, 0);
      console.log(`${catalogue}: ${sum} series of ${all.length} names`);
    }
    writeCounts(file, counts);
    if (!capture.onMachine) continue;
    const [few, many] = [await capture.onMachine(folder, 2), await capture.onMachine(folder, 4)];
    const grown: Counts = JSON.parse(readFileSync(perCpuFile, 'utf8'));
    grown[name] = difference(countsOf(few), countsOf(many), 2);
    writeCounts(perCpuFile, grown);
  } catch (error) {
    console.error(`${name}: ${error instanceof Error ? error.message : error}`);
    process.exitCode = 1;
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}
