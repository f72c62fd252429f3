import { mkdtempSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Metric } from '../src/catalogues/catalogue.js';
import type { Capture } from '../test/catalogues/capture.js';
import {
  catalogueFile,
  documented,
  formatCatalogue,
  withDocumented,
} from '../test/catalogues/file.js';
import { metricsOf } from '../test/catalogues/observation.js';
import { type Known, ofReleases } from '../test/catalogues/releases.js';

const capturesFolder = join(import.meta.dirname, '../test/catalogues/captures');
const captures = readdirSync(capturesFolder).map((file) => file.replace(/\.ts$/, ''));

/** Captures the catalogues of one engine, and writes them. */
const capture = async (name: string): Promise<void> => {
  const { default: one }: { default: Capture } = await import(join(capturesFolder, `${name}.ts`));
  const releases = await one.releases();
  const found: Record<string, Known[]> = {};
  for (const release of releases) {
    const folder = mkdtempSync(join(tmpdir(), `crowsnest-${name}-`));
    try {
      for (const [catalogue, page] of Object.entries(await one.run(folder, release))) {
        const known = { seen: metricsOf(page.seen), documented: page.documented ?? {} };
        found[catalogue] = [...(found[catalogue] ?? []), known];
      }
    } finally {
      rmSync(folder, { recursive: true, force: true });
    }
  }
  for (const [catalogue, pages] of Object.entries(found)) {
    const head = releases.length === 1 ? { version: releases[0] } : { versions: releases };
    const metrics = withDocumented(ofReleases(releases, pages), documented(catalogue));
    writeFileSync(
      catalogueFile(catalogue),
      formatCatalogue({ engine: one.engine ?? catalogue, ...head, metrics }),
    );
    console.log(`${catalogue}: ${summary(metrics)}`);
  }
};

const summary = (metrics: Readonly<Record<string, Metric>>): string => {
  const all = Object.values(metrics);
  const count = (seen: string) => all.filter((metric) => metric.seen === seen).length;
  const [live, brought] = [count('live'), count('provoked')];
  return `${all.length} metrics, ${live} live, ${brought} provoked, ${all.length - live - brought} documented`;
};

const asked = process.argv.slice(2);
for (const name of asked) {
  if (!captures.includes(name)) {
    console.error(`There is no capture "${name}".\nCaptures: ${captures.join(', ')}`);
    process.exit(1);
  }
}
for (const name of asked.length > 0 ? asked : captures) {
  try {
    await capture(name);
  } catch (error) {
    console.error(`${name}: ${error instanceof Error ? error.message : error}`);
    process.exitCode = 1;
  }
}
