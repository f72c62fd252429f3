/**
 * Puts real faults into the production manifests, one at a time wherever they fit, and tells which
 * of them no check sees. `-- <operator>…` runs only these and lists what survived; `--every=n` puts
 * a fault at every nth place only.
 */

import { harmless } from './harmless.js';
import { scoreTable, share } from './report.js';
import { operators, production, type Score, score } from './score.js';

const overall = 0.95;
const single = 0.8;

const wanted = process.argv.slice(2).filter((argument) => !argument.startsWith('-'));
const every = Number(process.argv.find((one) => one.startsWith('--every='))?.slice(8) ?? 1);

const { input, checks } = await production();
const faults = checks.flatMap(({ value }) => value.run(input));
if (faults.length > 0)
  throw new Error(`Without a fault there are findings: ${JSON.stringify(faults)}`);

const scores: Score[] = [];
for (const operator of operators) {
  if (wanted.length > 0 && !wanted.includes(operator.name)) continue;
  scores.push(score(operator, input, checks, every));
}

console.log(scoreTable(scores));
for (const { name, reason } of harmless) {
  const count = scores.reduce((sum, one) => sum + (one.harmless[name] ?? 0), 0);
  if (count > 0) console.log(`Harmless, ${name}: ${count} places. ${reason}`);
}
if (wanted.length > 0) {
  for (const { operator, survived } of scores) {
    for (const { where, was } of survived) {
      console.log(`${operator} survives: ${where} = ${JSON.stringify(was)?.slice(0, 80)}`);
    }
  }
}

const total = share(scores);
const under = scores.filter((one) => share([one]) < single).map(({ operator }) => operator);
const met = total >= overall && under.length === 0;
console.log(
  `Target: ${overall * 100} % over all places, and none under ${single * 100} %. It is ${(total * 100).toFixed(1)} %${
    under.length > 0 ? `, and under: ${under.join(', ')}` : ''
  }: ${met ? 'met' : 'missed'}.`,
);
if (!met) process.exitCode = 1;
