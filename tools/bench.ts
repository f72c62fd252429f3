/** Compares a synth with a bare cdk8s app; with `--check`, fails if the target is missed. */
import { availableParallelism, cpus } from 'node:os';
import { parseArgs } from 'node:util';
import { makeClone } from './bench/clone.js';
import { measureDashboards, measureEnvironments } from './bench/growth.js';
import {
  runBare,
  runFirstSynth,
  runSources,
  runSynth,
  runUncached,
  type SynthUsage,
  type Usage,
} from './bench/process.js';
import { growthTable, otherwiseTable, profileTable, ratioTable } from './bench/report.js';

const { check } = parseArgs({ options: { check: { type: 'boolean' } } }).values;
const pairs = 9;
const rounds = 7;
// A thousand dashboards take long, and so do the alternatives.
const fewRounds = 3;
const target = 3.27;

const print = (...lines: string[]): boolean => process.stdout.write(`${lines.join('\n')}\n`);

print(
  `${availableParallelism()} CPUs (${cpus()[0]?.model.trim()}), Node ${process.version}, ${process.platform}`,
  'Whole processes with their children: synth as npm run synth starts it in a clone, the bare app as',
  'node --import tsx. One earlier run of each compiles the library and fills the cache of tsx.',
  '',
);

const clone = makeClone();
const variant = (...name: Parameters<typeof makeClone>) => ({
  clone: makeClone(...name),
  run: runSynth,
});
// Alternatives to the current design of synth.
const otherwise = {
  'library compiled first': { clone: makeClone(), run: runFirstSynth },
  'no code cache': { clone: makeClone(), run: runUncached },
  'library not compiled': { clone: makeClone(), run: runSources },
  'nothing memoized': variant('nothing memoized'),
  'YAML by a library': variant('YAML by a library'),
  'seven checks less': variant('seven checks less'),
};
const synths: SynthUsage[] = [];
const bares: Usage[] = [];
const others: Usage[][] = Object.keys(otherwise).map(() => []);
await runBare(clone);
await runSynth(clone);
for (const one of Object.values(otherwise)) {
  await runSynth(one.clone);
  await one.run(one.clone);
}
for (let pair = 0; pair < pairs; pair += 1) {
  synths.push(await runSynth(clone));
  bares.push(await runBare(clone));
  if (pair >= fewRounds) continue;
  for (const [index, one] of Object.values(otherwise).entries()) {
    others[index]!.push(await one.run(one.clone));
  }
}
const { text, ratio } = ratioTable(synths, bares);
const met = ratio <= target;
print(
  `Synth of environments/ and a bare cdk8s app, ${pairs} pairs in turn: median (min to max)`,
  text,
  `Target: at most ${target} times the bare app's wall time. It is ${ratio.toFixed(2)}: ${met ? 'met' : 'missed'}.`,
  '',
  `Alternative designs in the same run: ratio to the current one, ${fewRounds} pairs`,
  otherwiseTable(
    Object.fromEntries(Object.keys(otherwise).map((name, index) => [name, others[index]!])),
    synths,
  ),
);

const timed: SynthUsage[] = [];
const timedClone = makeClone('timed checks');
for (let round = 0; round < rounds; round += 1) timed.push(await runSynth(timedClone));
print('Where the time of a synth goes, in ms (medians)', profileTable(synths, timed));

print(
  `Copies of the production environment, in ms and MiB (best of ${rounds})`,
  growthTable('environment', await measureEnvironments(rounds)),
  '',
  `Dashboards in addition to the shipped ones, in ms and MiB (best of ${fewRounds})`,
  growthTable('dashboard', await measureDashboards(fewRounds)),
);

if (check && !met) process.exitCode = 1;
