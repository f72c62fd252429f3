import { copyFileSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { newDashboard } from '../../src/cli/new/dashboard.js';
import { cloneLibrary } from '../../src/cli/new/library.js';
import { makeClone, manifestBytes } from './clone.js';
import { runSynth, type SynthUsage } from './process.js';

/** The fastest synth with `count` items, in ms and MiB, and the bytes of its output. */
export interface Growth {
  readonly count: number;
  readonly wall: number;
  readonly cpu: number;
  readonly memory: number;
  readonly bytes: number;
}

/** Measures synths of 1, 2, 4 and 8 copies of the production environment, in turn. */
export const measureEnvironments = (rounds: number): Promise<Growth[]> =>
  measure([1, 2, 4, 8], rounds, copyEnvironment);

/** Measures synths of the production environment with 30, 300 and 1,000 additional dashboards. */
export const measureDashboards = (rounds: number): Promise<Growth[]> =>
  measure([30, 300, 1000], rounds, (clone, count) => {
    copyEnvironment(clone, 1);
    writeDashboards(clone, count);
  });

const measure = async (
  counts: readonly number[],
  rounds: number,
  write: (clone: string, count: number) => void,
): Promise<Growth[]> => {
  const series = counts.map((count) => {
    const clone = makeClone();
    write(clone, count);
    return { count, clone, usages: [] as SynthUsage[] };
  });
  for (const { clone } of series) await runSynth(clone);
  for (let round = 0; round < rounds; round += 1) {
    for (const { clone, usages } of series) usages.push(await runSynth(clone));
  }
  // Other work on the machine can only increase the time of a run.
  return series.map(({ count, clone, usages }) => ({
    count,
    wall: Math.min(...usages.map(({ wall }) => wall)),
    cpu: Math.min(...usages.map(({ cpu }) => cpu)),
    memory: Math.min(...usages.map(({ memory }) => memory)),
    bytes: manifestBytes(clone),
  }));
};

/** Replaces the environments by copies of the production environment. */
const copyEnvironment = (clone: string, count: number): void => {
  const folder = join(clone, 'environments');
  rmSync(join(clone, 'dist'), { recursive: true });
  const all = readdirSync(folder);
  for (let copy = 1; copy <= count; copy += 1) {
    copyFileSync(join(folder, 'production.ts'), join(folder, `copy-${copy}.ts`));
  }
  for (const file of all) rmSync(join(folder, file));
};

/** Dashboards from `crowsnest new dashboard`, with those of fifty applications in each folder. */
const writeDashboards = (clone: string, count: number): void => {
  for (let index = 0; index < count; index += 1) {
    const name = `application-${index}`;
    const team = `Team ${Math.floor(index / 50)}`;
    const text = newDashboard(name, cloneLibrary).replace(/(?<=folder: ')[^']*/, team);
    writeFileSync(join(clone, 'dashboards', `${name}.ts`), text);
  }
};
