import { execFile } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { afterAll, expect, it } from 'vitest';
import { rulesIn } from '../../src/checks/query/rule.js';
import { analyse } from '../../src/promql/analyse.js';
import { dashboardQueries } from '../../src/promql/dashboard.js';
import { expand } from '../../src/promql/variables.js';
import { engineBinary } from '../engines/installation.js';
import { mutate, randomFrom } from './expression-mutation.js';
import { environments, shipped } from './shipped.js';

const run = promisify(execFile);
const folder = mkdtempSync(join(tmpdir(), 'crowsnest-promql-'));
afterAll(() => rmSync(folder, { recursive: true, force: true }));

const seed = 20_251_125;

/** Random valid expressions. */
const generated = async (count: number): Promise<string[]> => {
  const arguments_ = [`${seed}`, `${count}`];
  const { stdout } = await run(await engineBinary('promqlsmith'), arguments_, {
    maxBuffer: 64 << 20,
  });
  return stdout
    .trim()
    .split('\n')
    .map((line) => JSON.parse(line) as string);
};

/** All that rules and dashboards of the environments ask, with variables replaced. */
const asked = (): string[] => {
  const manifests = environments.flatMap((environment) =>
    shipped(environment).map((object) => ({ object, construct: '', chart: '', patched: false })),
  );
  const dashboards = manifests
    .filter(({ object }) => object.metadata.labels?.['app.kubernetes.io/name'] === 'grafana')
    .flatMap(({ object }) => Object.entries<string>(object.data ?? {}))
    .filter(([file]) => file.endsWith('.json'))
    .flatMap(([, json]) => dashboardQueries(json))
    .map(({ expr, variables }) => expand(expr, variables).text);
  return [...new Set([...rulesIn(manifests).map(({ expr }) => expr), ...dashboards])];
};

/** What promtool refuses, by the index of the expression. */
const refusals = async (expressions: readonly string[]): Promise<Map<number, string>> => {
  const file = join(folder, 'rules.json');
  const rules = expressions.map((expr, index) => ({ record: `r${index}`, expr }));
  writeFileSync(file, JSON.stringify({ groups: [{ name: 'all', rules }] }));
  const result = await run(
    await engineBinary('promtool'),
    ['check', 'rules', '--lint=none', file],
    {
      maxBuffer: 256 << 20,
    },
  ).catch((error: { stdout: string; stderr: string }) => error);
  const said = `${result.stdout}\n${result.stderr}`;
  return new Map(
    [...said.matchAll(/rule (\d+), "r\d+": (.*)/g)].map(([, rule, message]) => [
      Number(rule) - 1,
      message!,
    ]),
  );
};

interface Comparison {
  readonly refused: number;
  readonly falseAlarms: readonly string[];
  /** What promtool refuses and we take, with what promtool says. */
  readonly misses: readonly string[];
}

const compare = async (expressions: readonly string[]): Promise<Comparison> => {
  const refused = await refusals(expressions);
  const ours = expressions.map((expression) => analyse(expression).faults.length > 0);
  return {
    refused: refused.size,
    falseAlarms: expressions.filter((_, index) => ours[index] && !refused.has(index)),
    misses: expressions.flatMap((expression, index) =>
      !ours[index] && refused.has(index) ? [`${expression}: ${refused.get(index)}`] : [],
    ),
  };
};

/** Valid expressions that the grammar does not know, and nobody writes on purpose. */
const unknownToTheGrammar: readonly [reason: string, pattern: RegExp][] = [
  ['a metric that is called offset', /(?:^|[-+*/%^=<>(,]|\bunless|\band|\bor)\s*offset\b/i],
  ['two signs of an offset', /offset\s*[+-]\s*[+-]/i],
  ['arithmetic of durations in the one place that lets it pass', /\[\s*\w+\s*[-+*/^%]\s*\w+\s*:/],
  ['a colon in a label to group by', /\b(?:by|without|on|ignoring)\s*\([^)]*:/i],
  ['@ start() or @ end() before a range', /@\s*(?:start|end)\s*\(\s*\)\s*\[[^:]*\]/i],
];

it('promtool takes all that it is asked for, and our analysis too', async ({ annotate }) => {
  const ours = asked();
  const valid = [...(await generated(5_000)), ...ours];
  const { refused, falseAlarms } = await compare(valid);
  expect(refused).toBe(0);
  expect(falseAlarms).toEqual([]);
  await annotate(
    `${valid.length} valid expressions (${ours.length} of rules and dashboards, the rest of promqlsmith): promtool refuses none, our analysis none`,
    'figure',
  );
});

it('our analysis finds what promtool refuses, and finds no fault in what it takes', async ({
  annotate,
}) => {
  const random = randomFrom(seed);
  const mutated = [...(await generated(5_000)), ...asked()].flatMap((expression) => [
    mutate(expression, random),
    mutate(expression, random),
    mutate(mutate(expression, random), random),
  ]);
  const { refused, falseAlarms, misses } = await compare(mutated);
  const explained = unknownToTheGrammar.map(([reason, pattern]) => ({
    reason,
    found: falseAlarms.filter((expression) => pattern.test(expression)).length,
  }));
  expect(refused).toBeGreaterThan(mutated.length / 3);
  expect(misses).toEqual([]);
  expect(
    falseAlarms.filter((one) => !unknownToTheGrammar.some(([, pattern]) => pattern.test(one))),
  ).toEqual([]);
  await annotate(
    `${mutated.length} mutated expressions: promtool refuses ${refused}, our analysis all of them; of the ${mutated.length - refused} that promtool takes, it refuses ${falseAlarms.length} (${explained.map(({ reason, found }) => `${reason}: ${found}`).join('; ')})`,
    'figure',
  );
});
