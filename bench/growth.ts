import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { newDashboard } from '../scripts/dashboard-template.js';
import { type Inputs, inFreshFolder, runSynth, type SynthUsage } from './process.js';

/** What the best synth of so many of something took, in ms and MiB, and the bytes that it wrote. */
export interface Growth {
  readonly count: number;
  readonly wall: number;
  readonly cpu: number;
  readonly memory: number;
  readonly bytes: number;
}

const production = fileURLToPath(new URL('../environments/production.ts', import.meta.url));
const root = fileURLToPath(new URL('..', import.meta.url)).replace(/\/$/, '');
const grafana = fileURLToPath(new URL('../src/content/grafana.js', import.meta.url));

/** Measures synths of 1, 2, 4 and 8 copies of the production environment, in turn. */
export const measureEnvironments = (rounds: number): Promise<Growth[]> =>
  measure([1, 2, 4, 8], rounds, (folder, count) => ({
    environments: copyEnvironment(folder, count),
  }));

/** Measures synths of the production environment with 30, 300 and 1,000 dashboards beside those that ship. */
export const measureDashboards = (rounds: number): Promise<Growth[]> =>
  measure([30, 300, 1000], rounds, (folder, count) => {
    const environments = join(folder, 'environments');
    mkdirSync(environments);
    return {
      environments: copyEnvironment(environments, 1),
      content: writeDashboards(folder, count),
    };
  });

const measure = (
  counts: readonly number[],
  rounds: number,
  write: (folder: string, count: number) => Inputs,
): Promise<Growth[]> =>
  inFreshFolder(async (folder) => {
    const series = counts.map((count) => {
      const own = join(folder, String(count));
      mkdirSync(own);
      return { count, inputs: write(own, count), usages: [] as SynthUsage[] };
    });
    for (const { inputs } of series) await runSynth(inputs);
    for (let round = 0; round < rounds; round += 1) {
      for (const { inputs, usages } of series) usages.push(await runSynth(inputs));
    }
    // Other work on the machine can only add to what a run takes.
    return series.map(({ count, usages }) => ({
      count,
      wall: Math.min(...usages.map(({ wall }) => wall)),
      cpu: Math.min(...usages.map(({ cpu }) => cpu)),
      memory: Math.min(...usages.map(({ memory }) => memory)),
      bytes: usages[0]!.bytes,
    }));
  });

const copyEnvironment = (folder: string, count: number): string => {
  const text = readFileSync(production, 'utf8').replaceAll(/(?<=from ')\.\.(?=\/)/g, root);
  for (let copy = 1; copy <= count; copy += 1) writeFileSync(join(folder, `copy-${copy}.ts`), text);
  return folder;
};

/** Dashboards as `npm run new:dashboard` writes them, those of fifty applications in a folder. */
const writeDashboards = (folder: string, count: number): string => {
  mkdirSync(join(folder, 'dashboards'));
  for (let index = 0; index < count; index += 1) {
    const text = newDashboard(`application-${index}`)
      .replace('../src/content/grafana.js', grafana)
      .replace(/(?<=folder: ')[^']*/, `Team ${Math.floor(index / 50)}`);
    writeFileSync(join(folder, 'dashboards', `application-${index}.ts`), text);
  }
  return folder;
};
