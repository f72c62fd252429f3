/**
 * Adds realistic faults to the production manifests, one at a time at every place where they fit,
 * and reports which of them no check detects. `-- <operator>…` runs only these operators,
 * `--survivors` lists the undetected faults, and `--every=n` takes only every nth place.
 */

import { fork } from 'node:child_process';
import { availableParallelism } from 'node:os';
import { fileURLToPath } from 'node:url';
import { parseArgs } from 'node:util';
import type { Score } from '../test/mutation/score.js';

const overall = 0.95;
const single = 0.8;

const usage = 'Usage: npx tsx tools/mutation.ts [--survivors] [--every N] [OPERATOR…]';

/** Ends the process on invalid arguments, because a run takes minutes. */
const refuse = (reason: string): never => {
  process.stderr.write(`${reason}\n${usage}\n`);
  process.exit(1);
};

const asked = () => {
  try {
    return parseArgs({
      allowPositionals: true,
      options: {
        survivors: { type: 'boolean', default: false },
        every: { type: 'string', default: '1' },
        // Arguments of the worker processes.
        part: { type: 'string' },
        parts: { type: 'string', default: '1' },
      },
    });
  } catch (error) {
    return refuse(error instanceof Error ? error.message : String(error));
  }
};
const { values, positionals: names } = asked();
const every = /^[1-9]\d*$/.test(values.every)
  ? Number(values.every)
  : refuse(`--every takes a whole number above zero, and not '${values.every}'.`);
// Only now, because this takes longer than everything above.
const { harmless } = await import('../test/mutation/harmless.js');
const { reportedShare, scoreTable, share } = await import('../test/mutation/report.js');
const { operators, production, score, together } = await import('../test/mutation/score.js');
const known = operators.map(({ name }) => name);
const strange = names.filter((name) => !known.includes(name));
if (strange.length > 0) {
  refuse(`No such operator: ${strange.join(', ')}. There are ${known.join(', ')}.`);
}
const wanted = operators.filter(({ name }) => names.length === 0 || names.includes(name));

/** Scores the part of the places that this process has. */
const scorePart = async (part: number, parts: number): Promise<Score[]> => {
  const given = await production('.');
  const { input, checks } = given;
  const faults = checks.flatMap(({ value }) => value.run(input));
  if (faults.length > 0)
    throw new Error(`Without a fault there are findings: ${JSON.stringify(faults)}`);
  return wanted.map((one) => score(one, given, every * parts, every * part));
};

/** Divides the work among one process for each processor. */
const scoreAll = async (): Promise<Score[]> => {
  const parts = availableParallelism();
  const scored = await Promise.all(
    Array.from({ length: parts }, (_, part) => {
      const options = [...process.argv.slice(2), `--part=${part}`, `--parts=${parts}`];
      const child = fork(fileURLToPath(import.meta.url), options);
      return new Promise<Score[]>((resolve, reject) => {
        child.once('message', (scores) => resolve(scores as Score[]));
        child.once('exit', (code) => reject(new Error(`A process ended with ${code}.`)));
      });
    }),
  );
  return wanted.map((_, index) => together(scored.map((scores) => scores[index]!)));
};

if (values.part !== undefined) {
  process.send?.(await scorePart(Number(values.part), Number(values.parts)), () => process.exit());
} else {
  const start = performance.now();
  report(await scoreAll(), (performance.now() - start) / 1000);
}

function report(scores: readonly Score[], seconds: number): void {
  console.log(scoreTable(scores));
  for (const { name, reason } of harmless) {
    const count = scores
      .flatMap(({ survived }) => survived)
      .filter((one) => one.harmless === name).length;
    if (count > 0) console.log(`Harmless, ${name}: ${count} places. ${reason}`);
  }
  if (values.survivors) {
    for (const { operator, survived } of scores) {
      for (const { where, was, harmless: known, warned } of survived) {
        console.log(
          `${operator}, ${known ?? (warned ? 'warned' : 'survives')}: ${where} = ${JSON.stringify(was)?.slice(0, 80)}`,
        );
      }
    }
  }

  const total = share(scores);
  const under = scores
    .filter((one) => reportedShare([one]) < single)
    .map(({ operator }) => operator);
  const met = total >= overall && under.length === 0;
  console.log(
    `Target: errors report ${overall * 100} % of all places, and errors or warnings at least ${single * 100} % of those of each operator. Errors report ${(total * 100).toFixed(1)} %${
      under.length > 0 ? `, and under: ${under.join(', ')}` : ''
    }: ${met ? 'met' : 'missed'}.`,
  );
  console.log(`It took ${seconds.toFixed(0)} s.`);
  if (!met) process.exitCode = 1;
}
