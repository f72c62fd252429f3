/**
 * Captures the bounds of the histograms on the pages of the given engines, and writes them:
 * `npx tsx tools/bounds.ts NAME…`. Histograms that no captured page of Kubernetes has get the documented bounds.
 */
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { loadCatalogue } from '../src/catalogues/catalogue.js';
import {
  type BoundsOfPages,
  boundsOf,
  boundsOfDocumented,
  formatBounds,
  readBounds,
} from '../test/catalogues/bounds.js';
import type { Capture } from '../test/catalogues/capture.js';
import { documentedBounds } from '../test/catalogues/kubernetes-documentation.js';

const file = join(import.meta.dirname, '../src/catalogues/series/bounds.json');
const captures = join(import.meta.dirname, '../test/catalogues/captures');

for (const name of process.argv.slice(2)) {
  const { default: capture }: { default: Capture } = await import(join(captures, `${name}.ts`));
  const folder = mkdtempSync(join(tmpdir(), `crowsnest-${name}-`));
  try {
    const release = (await capture.releases()).at(-1)!;
    const found: BoundsOfPages = {};
    for (const [page, { seen }] of Object.entries(await capture.run(folder, release))) {
      found[page] = boundsOf(seen);
      console.log(`${page}: ${Object.keys(found[page]).length} histograms`);
    }
    const known = readBounds(JSON.parse(readFileSync(file, 'utf8')));
    writeFileSync(file, formatBounds({ ...known, ...found }));
  } catch (error) {
    console.error(`${name}: ${error instanceof Error ? error.message : error}`);
    process.exitCode = 1;
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

const documented = await documentedBounds();
const all = readBounds(JSON.parse(readFileSync(file, 'utf8')));
for (const [page, captured] of Object.entries(all)) {
  all[page] = { ...captured, ...boundsOfDocumented(loadCatalogue(page), captured, documented) };
}
writeFileSync(file, formatBounds(all));
