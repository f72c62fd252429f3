/**
 * Synthesizes random and hostile projects, and fails if synth throws, prints a stack trace or a credential, or
 * drops a field silently. A seed determines a project.
 *
 *   npx tsx tools/fuzz.ts                about a minute, from the seed 1
 *   npx tsx tools/fuzz.ts --count 3000       this number of projects
 *   npx tsx tools/fuzz.ts --seed 17          only the project of this seed, with its input
 */
import { inspect, parseArgs } from 'node:util';
import { droppedIn } from './fuzz/drop.js';
import { judge } from './fuzz/judge.js';
import { projectOf } from './fuzz/project.js';
import { randomOf } from './fuzz/random.js';
import { kindOf, reduced } from './fuzz/reduce.js';

const { values } = parseArgs({
  options: {
    count: { type: 'string' },
    seed: { type: 'string' },
    from: { type: 'string', default: '1' },
    seconds: { type: 'string', default: '60' },
  },
});

const numberOf = (text: string): number => Number.parseInt(text, 10);
const first = numberOf(values.seed ?? values.from);
const last = first + (values.seed ? 1 : numberOf(values.count ?? '1000000')) - 1;
const end =
  values.seed || values.count ? Infinity : performance.now() + numberOf(values.seconds) * 1000;

const kinds = new Map<string, number>();
const count = { projects: 0, accepted: 0, removals: 0, failed: 0 };
// A promise that a user's function makes and nobody awaits.
process.on('unhandledRejection', (error) => {
  process.stderr.write(`An unhandled rejection: ${inspect(error)}\n`);
  process.exitCode = 1;
});

for (let seed = first; seed <= last && performance.now() < end; seed += 1) {
  const random = randomOf(seed);
  const project = projectOf(random);
  const verdict = await judge(project);
  count.projects += 1;
  let { failure } = verdict;
  if (verdict.synthesis?.ok && !failure) {
    count.accepted += 1;
    failure = await droppedIn(project, verdict, random);
    count.removals += 1;
  }
  if (failure === undefined) continue;
  count.failed += 1;
  const kind = kindOf(failure);
  const known = kinds.get(kind) ?? 0;
  kinds.set(kind, known + 1);
  if (known > 0) continue;
  const shown =
    / is dropped /.test(failure) || !values.seed ? project : await reduced(project, failure);
  process.stdout.write(
    `\nseed ${seed}: ${failure.slice(0, 1500)}\n${inspect(shown, { depth: 12, maxStringLength: 1500, maxArrayLength: 30 }).slice(0, 4000)}\n`,
  );
}

process.stdout.write(
  `\n${count.projects} projects, ${count.accepted} accepted, ${count.removals} removals of a field, ${count.failed} failed\n`,
);
for (const [kind, times] of kinds) process.stdout.write(`${times} × ${kind}\n`);
if (count.failed > 0) process.exitCode = 1;
