import { expect, test } from 'vitest';
import { dashboardsIn } from '../../src/checks/support/dashboard.js';
import { loadContent } from '../../src/content/load.js';
import { dashboardQueries } from '../../src/promql/dashboard.js';
import { bare, childrenOf, type Expression, walk } from '../../src/promql/expression.js';
import { parse } from '../../src/promql/parse.js';
import { expand } from '../../src/promql/variables.js';
import { full } from '../checks/full.js';
import { inputOf } from '../checks/input.js';
import { build } from '../environment.js';
import { alarmsOf, type Panel } from '../live/panel-alarms.js';

const { content } = await loadContent(['.']);

interface Query {
  /** The dashboard and the panel. */
  readonly title: string;
  readonly instant: boolean;
  readonly expression: Expression;
}

const dashboards = dashboardsIn(inputOf(build(full, content)));
const queries: readonly Query[] = dashboards.flatMap(({ uid, json }) =>
  dashboardQueries(json)
    .filter(({ label }) => label === undefined)
    .map(({ usedIn, expr, instant, variables }) => ({
      title: `${uid}: ${usedIn.replace(/^panel /, '')}`,
      instant,
      expression: parse(expand(expr, variables).text, () => {})!,
    })),
);

const titlesOf = (found: readonly Query[]): string[] => [
  ...new Set(found.map(({ title }) => title)),
];

// Zero without requests, unlike CPU time, the size of a disk or the requests to the API server.
const idle = /^(?!node_|apiserver_|container_cpu_).*(_count|_total|_bucket)$/;
const canBeZero = (one: Expression): boolean =>
  walk(one).some((part) => part.kind === 'selector' && part.range && idle.test(part.metric ?? ''));
const isGuarded = (one: Expression): boolean => {
  const divisor = bare(one);
  return divisor.kind === 'binary' && divisor.operator === '>';
};

test('a share of requests has no value without requests, because NaN looks like a fault', () => {
  const unguarded = queries.filter(({ expression }) =>
    walk(expression).some(
      (one) =>
        one.kind === 'binary' &&
        one.operator === '/' &&
        canBeZero(one.right) &&
        !isGuarded(one.right),
    ),
  );
  expect(titlesOf(unguarded)).toEqual([]);
});

test('topk has only numbers as its input, because it would select NaN', () => {
  const filled = queries.filter(({ expression }) =>
    walk(expression).some(
      (one) =>
        one.kind === 'aggregation' &&
        one.operator === 'topk' &&
        bareQuantile(one.parameters.at(-1)!),
    ),
  );
  expect(titlesOf(filled)).toEqual([]);
});

const bareQuantile = (one: Expression): boolean => {
  const of = bare(one);
  return of.kind === 'call' && of.name === 'histogram_quantile';
};

test('a chart of alerts shows those that fire between two of its points', () => {
  const over = (one: Expression): Expression[] =>
    one.kind === 'call' && /_over_time$/.test(one.name)
      ? []
      : [one, ...childrenOf(one).flatMap(over)];
  const blind = queries.filter(
    ({ instant, expression }) =>
      !instant &&
      over(expression).some((one) => one.kind === 'selector' && one.metric === 'ALERTS'),
  );
  expect(titlesOf(blind)).toEqual([]);
});

test('CPU time is a share of all modes, because one minus the idle time is too high after a gap', () => {
  const rules = Object.values(content.alerts).flatMap((group) => {
    const { recordings = [], alerts } = group.rules(group.thresholds);
    return [
      ...recordings.map(({ record, expr }) => ({ title: record, expr })),
      ...alerts.map(({ alert, expr }) => ({ title: alert, expr })),
    ].map(({ title, expr }) => ({ title, instant: true, expression: parse(expr, () => {})! }));
  });
  const isOne = (one: Expression): boolean => {
    const value = bare(one);
    return value.kind === 'number' && value.value === '1';
  };
  const isIdleTime = (one: Expression): boolean =>
    walk(one).some(
      (part) => part.kind === 'selector' && part.metric === 'node_cpu_seconds_total',
    ) && !walk(one).some((part) => part.kind === 'binary' && part.operator === '/');
  const jumping = [...queries, ...rules].filter(({ expression }) =>
    walk(expression).some(
      (one) =>
        one.kind === 'binary' && one.operator === '-' && isOne(one.left) && isIdleTime(one.right),
    ),
  );
  expect(titlesOf(jumping)).toEqual([]);
});

test.each([
  ['overview', 'Alert evaluation'],
  ['alert-history', 'Watchdog alert'],
])('%s: %s is not alarming while Prometheus starts', (uid, title) => {
  const { panels } = dashboards.find((one) => one.uid === uid)!;
  const panel = panels.find((one) => one.title === title) as Panel;
  const alarmsAt = (value: number) => alarmsOf(panel, { A: [{ labels: {}, values: [value] }] });
  const [stopped, running, starting] = [0, 1, 2].map(alarmsAt);
  expect(starting).toEqual([]);
  expect(running).toEqual([]);
  expect(stopped).toEqual([expect.stringMatching(/: '(stopped|not firing)' is #D55E00/)]);
});

test('the facts about a pod are shown if one of them is missing', () => {
  const [facts] = queries.filter(({ title }) => title === 'pod: Pod');
  const joins = walk(facts!.expression).flatMap((one) =>
    one.kind === 'binary' && one.matching && one.matching.include.length > 0
      ? [{ label: one.matching.include[0]!.name, right: bare(one.right) }]
      : [],
  );
  expect(joins.map(({ label }) => label).sort()).toEqual(['phase', 'qos_class', 'workload']);
  for (const { right } of joins) {
    expect(right.kind === 'binary' && right.operator).toBe('or');
  }
});
