/**
 * Measures what objectives cost on a real Prometheus, with 30 days of history: the series that their rules record, and
 * the milliseconds of an evaluation, of which there is one each minute.
 */
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { parse, stringify } from 'yaml';
import { objectiveGroup } from '../src/content/objective/group.js';
import { availability, latency, objectiveName } from '../src/content/objective/objective.js';
import { renderForTests, shippedGroups } from '../test/alerts/promtool.js';
import { checkout, thirtyDays, valid } from '../test/content/objective/sample.js';
import { startEngine } from '../test/engines/process.js';
import { writeHistory } from '../test/live/example-history.js';
import { ask, query } from '../test/live/prometheus-api.js';
import { eventually } from '../test/live/wait.js';
import { historyOf, sourceSeries } from './objective-cost/history.js';

const objectives = [availability(99.9), latency(99, '250ms')].map(valid);
const evaluations = 12;
// The cost of one evaluation does not depend on the interval.
const often = (text: string): string => {
  const { groups } = parse(text) as { groups: object[] };
  return stringify({ groups: groups.map((one) => ({ ...one, interval: '2s' })) });
};

interface Evaluated {
  readonly name: string;
  readonly lastEvaluation: string;
  readonly rules: readonly {
    readonly name: string;
    readonly labels?: Readonly<Record<string, string>>;
    readonly health: string;
    readonly lastError?: string;
    readonly evaluationTime: number;
  }[];
}

const folder = mkdtempSync(join(tmpdir(), 'crowsnest-cost-'));
mkdirSync(join(folder, 'rules'));
const own = objectiveGroup(checkout, objectives, thirtyDays);
const shared = (await shippedGroups()).objectives!;
for (const [name, group] of Object.entries({ own, shared })) {
  writeFileSync(join(folder, 'rules', `${name}.yaml`), often(renderForTests(name, group)));
}
writeFileSync(
  join(folder, 'prometheus.yml'),
  stringify({ rule_files: [join(folder, 'rules', '*.yaml')] }),
);
// It ends before now: with later samples, the engine rejects what the rules record as out of bounds.
const end = Math.floor(Date.now() / 1000) - 5;
await writeHistory(join(folder, 'data'), end, historyOf(objectives.map(objectiveName)));
const prometheus = await startEngine({
  binary: 'prometheus',
  args: ({ port }) => [
    `--config.file=${join(folder, 'prometheus.yml')}`,
    `--storage.tsdb.path=${join(folder, 'data')}`,
    '--storage.tsdb.retention.time=60d',
    `--web.listen-address=127.0.0.1:${port}`,
  ],
  readyPath: '/-/ready',
});
/** Seconds of each evaluation, by group, rule and objective. */
const times = new Map<string, number[]>();
const failures = new Set<string>();
try {
  const seen = new Set<string>();
  await eventually('the rules are evaluated', async () => {
    const { groups } = await ask<{ groups: Evaluated[] }>(prometheus.url, 'rules');
    for (const { name, lastEvaluation, rules } of groups) {
      if (lastEvaluation.startsWith('0001') || seen.has(name + lastEvaluation)) continue;
      seen.add(name + lastEvaluation);
      for (const one of rules) {
        if (one.health === 'err') failures.add(`${one.name}: ${one.lastError}`);
        const key = [one.labels?.slo ?? 'shared', one.name, one.labels?.window ?? ''].join(' ');
        times.set(key, [...(times.get(key) ?? []), one.evaluationTime]);
      }
    }
    return seen.size >= 2 * evaluations || undefined;
  });
  for (const one of objectives) {
    const slo = objectiveName(one);
    const [count] = await query(prometheus.url, `count({slo="${slo}", __name__!~"ALERTS.*"})`);
    const milliseconds = total((key) => key.startsWith(`${slo} `));
    const part = total((key) => key.startsWith('shared ')) / objectives.length;
    console.log(
      `${slo}: ${count?.value[1]} series; ${milliseconds.toFixed(1)} ms in its own rules, and ${part.toFixed(1)} ms in the rules that all objectives share.`,
    );
  }
} finally {
  await prometheus.stop();
  rmSync(folder, { recursive: true, force: true });
}

function total(selected: (key: string) => boolean): number {
  return [...times].reduce((sum, [key, all]) => sum + (selected(key) ? median(all) * 1000 : 0), 0);
}

function median(all: readonly number[]): number {
  return [...all].sort((a, b) => a - b)[Math.floor(all.length / 2)] ?? Number.NaN;
}

console.log(
  `\nWith ${sourceSeries} series of the application for each counter. Most time, in milliseconds:`,
);
const rows = [...times].map(([key, all]) => ({ key, milliseconds: median(all) * 1000 }));
for (const { key, milliseconds } of rows
  .toSorted((a, b) => b.milliseconds - a.milliseconds)
  .slice(0, 12)) {
  console.log(`${milliseconds.toFixed(1).padStart(8)}  ${key.trim()}`);
}
for (const one of failures) console.log(`fails: ${one}`);
if (failures.size > 0) process.exitCode = 1;
