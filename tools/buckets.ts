/**
 * Writes the buckets in which the histograms of the engines have their observations, from the
 * answer of a Prometheus in a live cluster to `sum by (__name__, le) ({__name__=~".+_bucket"})`:
 * `npx tsx tools/buckets.ts answer.json`.
 */
import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { catalogueNames, loadCatalogue } from '../src/catalogues/catalogue.js';
import { bucketEdges } from '../test/catalogues/bucket-edges.js';

const file = join(import.meta.dirname, '../src/catalogues/series/buckets.json');
const [answer = ''] = process.argv.slice(2);
// The observations of applications differ between environments.
const known = new Set(
  catalogueNames()
    .filter((name) => name !== 'jaeger-span-metrics')
    .flatMap((name) => Object.keys(loadCatalogue(name).metrics)),
);
const edges = bucketEdges(JSON.parse(readFileSync(answer, 'utf8')), (name) => known.has(name));
const lines = Object.entries(edges).map(
  ([name, one]) => ` ${JSON.stringify(name)}: ${JSON.stringify(one)}`,
);
writeFileSync(file, `{\n${lines.join(',\n')}\n}\n`);
console.log(`${lines.length} histograms`);
