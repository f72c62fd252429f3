/** Measures a synth against a bare cdk8s app; with `--check`, fails where the target is missed. */
import { availableParallelism, cpus } from 'node:os';
import { fileURLToPath } from 'node:url';
import { measureDashboards, measureEnvironments } from './growth.js';
import { runBare, runOneByOne, runSynth, type SynthUsage, type Usage } from './process.js';
import { growthTable, profileTable, ratioTable } from './report.js';

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
const loose: SynthUsage[] = [];
const forgetful: SynthUsage[] = [];
await runSynth({ environments });
await runBare();
await runOneByOne({ environments });
for (let pair = 0; pair < pairs; pair += 1) {
  synths.push(await runSynth({ environments }));
  bares.push(await runBare());
  loose.push(await runOneByOne({ environments }));
  forgetful.push(await runSynth({ environments }, 'nothing kept'));
}
const { text, ratio } = ratioTable(synths, bares, 'bare');
const met = ratio <= target;
print(
  `Synth of environments/ against a bare cdk8s app, ${pairs} pairs in turn: median (min to max)`,
  text,
  `Target: at most ${target} times the bare app's wall time. It is ${ratio.toFixed(2)}: ${met ? 'met' : 'missed'}.`,
  '',
  'The same, its modules loaded one by one rather than bundled, in the same run',
  ratioTable(synths, loose, 'one by one').text,
  '',
  'The same, with nothing kept of what is asked for again (src/model/once.ts), in the same run',
  ratioTable(synths, forgetful, 'nothing kept').text,
  '',
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

if (process.argv.includes('--check') && !met) process.exitCode = 1;
