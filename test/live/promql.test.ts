import { execFile } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { afterAll, expect, it } from 'vitest';
import { parse } from 'yaml';
import { rulesOf } from '../../src/checks/support/query/rule.js';
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

/** All expressions of rules and dashboards of the environments, with values for variables. */
const asked = (): string[] => {
  const manifests = environments.flatMap((environment) =>
    shipped(environment).map((object) => ({ object, construct: '', chart: '', patched: false })),
  );
  const dashboards = manifests
    .filter(({ object }) => object.metadata.labels?.['app.kubernetes.io/name'] === 'grafana')
    .flatMap(({ object }) => Object.entries<string>(object.data ?? {}))
    .filter(([file]) => file.endsWith('.json'))
    .flatMap(([, json]) => dashboardQueries(JSON.parse(json)))
    .map(({ expr, variables }) => expand(expr, variables).text);
  const rules = manifests
    .filter(({ object }) => object.metadata.labels?.['app.kubernetes.io/name'] === 'prometheus')
    .flatMap((manifest) =>
      Object.entries<string>(manifest.object.data ?? {})
        .filter(([key]) => key.endsWith('.yaml'))
        .flatMap(([key, text]) => rulesOf({ manifest, key, value: parse(text) })),
    );
  return [...new Set([...rules.map(({ expr }) => expr), ...dashboards])];
};

/** The error messages of promtool, by the index of the expression. */
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
  /** Expressions that promtool rejects and we accept, with the message of promtool. */
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

/** Valid expressions that our grammar does not support, and that are unusual. */
const unknownToTheGrammar: readonly [reason: string, pattern: RegExp][] = [
  ['a metric with the name offset', /(?:^|[-+*/%^=<>(,]|\bunless|\band|\bor)\s*offset\b/i],
  ['two signs of an offset', /offset\s*[+-]\s*[+-]/i],
  // Prometheus 3.14 no longer needs a feature flag for it.
  ['arithmetic of durations', /\[[^\]]*\w\s*[-+*/^%]\s*\w[^\]]*\]/],
  ['a colon in a label to group by', /\b(?:by|without|on|ignoring)\s*\([^)]*:/i],
  ['@ start() or @ end() before a range', /@\s*(?:start|end)\s*\(\s*\)\s*\[[^:]*\]/i],
];

it('promtool and our analysis accept all expressions', async ({ annotate }) => {
  const ours = asked();
  const valid = [...(await generated(5_000)), ...ours];
  const { refused, falseAlarms } = await compare(valid);
  expect(refused).toBe(0);
  expect(falseAlarms).toEqual([]);
  await annotate(
    `${valid.length} valid expressions (${ours.length} of rules and dashboards, the others from promqlsmith): promtool rejects none, our analysis rejects none`,
    'figure',
  );
});

it('our analysis rejects what promtool rejects, and accepts what it accepts, except for known exceptions', async ({
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
    `${mutated.length} mutated expressions: promtool rejects ${refused}, our analysis all of them; of the ${mutated.length - refused} that promtool accepts, it rejects ${falseAlarms.length} (${explained.map(({ reason, found }) => `${reason}: ${found}`).join('; ')})`,
    'figure',
  );
});
