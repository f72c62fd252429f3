/** Counts the series of each family on the pages of the engines named, and writes them down. */
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Capture } from './capture.js';

const file = join(import.meta.dirname, '../../src/catalogues/series/counts.json');

type Counts = Record<string, Record<string, number>>;

for (const name of process.argv.slice(2)) {
  const { default: capture }: { default: Capture } = await import(
    join(import.meta.dirname, 'captures', `${name}.ts`)
  );
  const folder = mkdtempSync(join(tmpdir(), `crowsnest-${name}-`));
  try {
    const release = (await capture.releases()).at(-1)!;
    const pages = await capture.run(folder, release);
    const counts: Counts = JSON.parse(readFileSync(file, 'utf8'));
    for (const [catalogue, { seen }] of Object.entries(pages)) {
      const page = seen.at(-1)?.families ?? [];
      const all = page.flatMap(({ series }) => [...series]);
      if (all.length === 0) continue;
      counts[catalogue] = Object.fromEntries(all.sort());
      const sum = all.reduce((total, [, count]) => total + count, 0);
      console.log(`${catalogue}: ${sum} series of ${all.length} names`);
    }
    const sorted = Object.fromEntries(Object.entries(counts).sort());
    writeFileSync(file, `${JSON.stringify(sorted, null, 1)}\n`);
  } catch (error) {
    console.error(`${name}: ${error instanceof Error ? error.message : error}`);
    process.exitCode = 1;
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}
