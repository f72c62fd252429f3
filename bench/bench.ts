/** Measures a synth against a bare cdk8s app; with `--check`, fails where the target is missed. */
import { availableParallelism, cpus } from 'node:os';
import { fileURLToPath } from 'node:url';
import { parseArgs } from 'node:util';
import { measureDashboards, measureEnvironments } from './growth.js';
import { runBare, runOneByOne, runSynth, type SynthUsage, type Usage } from './process.js';
import { growthTable, otherwiseTable, profileTable, ratioTable } from './report.js';

const { check } = parseArgs({ options: { check: { type: 'boolean' } } }).values;
const pairs = 9;
const rounds = 7;
// A thousand dashboards take their time.
const fewRounds = 3;
const target = 3;
const environments = fileURLToPath(new URL('../environments', import.meta.url));

const print = (...lines: string[]): boolean => process.stdout.write(`${lines.join('\n')}\n`);

print(
  `${availableParallelism()} CPUs (${cpus()[0]?.model.trim()}), Node ${process.version}, ${process.platform}`,
  'Whole processes, with what they start: synth as npm run synth starts it, the bare app as node',
  '--import tsx, which keeps what it has compiled on disk: one run goes before, and fills that cache.',
  '',
);

const synths: SynthUsage[] = [];
const bares: Usage[] = [];
// What synth would take if it were built otherwise.
const otherwise = {
  'modules loaded one by one': () => runOneByOne({ environments }),
  'nothing kept that is asked for again': () => runSynth({ environments }, 'nothing kept'),
  'YAML written by js-yaml': () => runSynth({ environments }, 'YAML by a library'),
};
const others: Usage[][] = Object.keys(otherwise).map(() => []);
await runSynth({ environments });
await runBare();
await runOneByOne({ environments });
for (let pair = 0; pair < pairs; pair += 1) {
  synths.push(await runSynth({ environments }));
  bares.push(await runBare());
  for (const [index, run] of Object.values(otherwise).entries()) others[index]!.push(await run());
}
const { text, ratio } = ratioTable(synths, bares);
const met = ratio <= target;
print(
  `Synth of environments/ against a bare cdk8s app, ${pairs} pairs in turn: median (min to max)`,
  text,
  `Target: at most ${target} times the bare app's wall time. It is ${ratio.toFixed(2)}: ${met ? 'met' : 'missed'}.`,
  '',
  'If it were built otherwise, in the same run: times as much, pair by pair',
  otherwiseTable(
    Object.fromEntries(Object.keys(otherwise).map((name, index) => [name, others[index]!])),
    synths,
  ),
);

const profiled: SynthUsage[] = [];
for (let round = 0; round < rounds; round += 1) {
  profiled.push(await runSynth({ environments }, 'checks'));
}
print('Where the time of a synth goes, in ms (medians)', profileTable(synths, profiled));

print(
  `Copies of the production environment, in ms and MiB (best of ${rounds})`,
  growthTable('environment', await measureEnvironments(rounds)),
  '',
  `Dashboards beside those that ship, in ms and MiB (best of ${fewRounds})`,
  growthTable('dashboard', await measureDashboards(fewRounds)),
);

if (check && !met) process.exitCode = 1;
