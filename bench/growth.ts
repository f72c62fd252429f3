import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { inFreshFolder, runSynth, type Usage } from './process.js';

/** What the best synth of so many environments took, in ms and MiB. */
export interface Growth {
  readonly environments: number;
  readonly wall: number;
  readonly cpu: number;
  readonly memory: number;
}

const counts = [1, 2, 4, 8];
const production = new URL('../environments/production.ts', import.meta.url).href;

/** Measures synths of 1, 2, 4 and 8 copies of the production environment, in turn. */
export const measureGrowth = (rounds: number): Promise<Growth[]> =>
  inFreshFolder(async (folder) => {
    const series = counts.map((environments) => ({
      environments,
      copies: copyEnvironment(join(folder, String(environments)), environments),
      usages: [] as Usage[],
    }));
    for (const { copies } of series) await runSynth(copies);
    for (let round = 0; round < rounds; round += 1) {
      for (const { copies, usages } of series) usages.push(await runSynth(copies));
    }
    // Other work on the machine can only add to what a run takes.
    return series.map(({ environments, usages }) => ({
      environments,
      wall: Math.min(...usages.map(({ wall }) => wall)),
      cpu: Math.min(...usages.map(({ cpu }) => cpu)),
      memory: Math.min(...usages.map(({ memory }) => memory)),
    }));
  });

/** With a query of its own, each copy is loaded and evaluated as a module of its own. */
const copyEnvironment = (folder: string, count: number): string => {
  mkdirSync(folder);
  for (let copy = 1; copy <= count; copy += 1) {
    const text = `export { default } from '${production}?copy=${copy}';\n`;
    writeFileSync(join(folder, `copy-${copy}.ts`), text);
  }
  return folder;
};
