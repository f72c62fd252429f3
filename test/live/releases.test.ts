import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, describe, expect, it } from 'vitest';
import { stringify } from 'yaml';
import { rollouts } from '../../src/content/annotation.js';
import { loadContent } from '../../src/content/load.js';
import { dashboardQueries } from '../../src/promql/dashboard.js';
import { expand } from '../../src/promql/variables.js';
import { promtool, repository } from '../alerts/promtool.js';

const folder = mkdtempSync(join(tmpdir(), 'crowsnest-releases-'));
afterAll(() => rmSync(folder, { recursive: true, force: true }));

const { content } = await loadContent([repository]);
const rendered = content.dashboards.releases!.render({
  uid: 'releases',
  jobs: new Set(['kube-state-metrics', 'cadvisor', 'span-metrics', 'configured:objectives']),
  titles: new Map(),
});
const queries = new Map<string, string>(
  (rendered.panels ?? []).flatMap((panel) =>
    ('targets' in panel ? (panel.targets ?? []) : []).map((target) => {
      const { expr, legendFormat } = target as unknown as { expr: string; legendFormat: string };
      const { variables } = dashboardQueries(rendered).find((one) => one.expr === expr)!;
      // The shown time is 6 h, and the range of a rate 5 min.
      return [`${panel.title}: ${legendFormat}`, expand(expr, variables).text] as const;
    }),
  ),
);
const queryOf = (title: string): string => {
  const found = queries.get(title);
  if (!found) throw new Error(`no query ${title}: ${[...queries.keys()].join(', ')}`);
  return found;
};

// In minutes: a rollout in the middle of the shown time.
const rollout = 240;
const end = 480;
const series = (name: string, labels: Record<string, string>, values: string) => ({
  series: `${name}{${Object.entries(labels)
    .map(([label, value]) => `${label}="${value}"`)
    .join(', ')}}`,
  values,
});
const steps = (before: number, after: number) => `${before}x${rollout - 1} ${after}x${end}`;
const workload = (
  namespace: string,
  name: string,
  releases: readonly string[],
  kind = 'deployment',
) => {
  const owner = { namespace, workload: `${kind}/${name}` };
  const [first = '', second] = releases;
  const current = (release: string, values: string) =>
    series('workload:release:current', { ...owner, release }, values);
  const values = (name: string, before: number, after: number) =>
    second
      ? [
          series(name, { ...owner, release: first }, `${before}x${rollout - 1} stale`),
          series(name, { ...owner, release: second }, `_x${rollout} ${after}x${end}`),
        ]
      : [series(name, { ...owner, release: first }, `${before}x${2 * end}`)];
  return [
    ...(second
      ? [current(first, `1x${rollout - 1} stale`), current(second, `_x${rollout} 1x${end}`)]
      : [current(first, `1x${2 * end}`)]),
    ...values('workload:pod_cpu_usage_seconds:avg_rate5m', 0.2, 0.3),
    ...values('workload:pod_memory_working_set_bytes:avg', 100, 250),
    ...values('workload:pod_restarts:avg_increase5m', 0, 0.5),
    ...values('workload:span_requests:rate5m', 10, 20),
    ...values('workload:span_errors:rate5m', 0.1, 2),
    ...values('workload:span_duration_milliseconds:p95', 100, 150),
  ];
};

const objective = { namespace: 'shop', service: 'web', slo: 'availability' };
const input = [
  ...workload('shop', 'web', ['web-1', 'web-2']),
  ...workload('shop', 'scaled', ['scaled-1']),
  ...workload('shop', 'orders', ['orders-1'], 'statefulset'),
  ...workload('shop', 'stock', ['stock-1'], 'statefulset'),
  series('slo:sli_errors:rate5m', objective, steps(1, 4)),
  series('slo:sli_total:rate5m', objective, steps(100, 200)),
];

const web = (release: string, more = '') =>
  `namespace="shop", workload="deployment/web", release="${release}"${more}`;

type Expected = readonly [title: string, samples: Readonly<Record<string, number>>];

/** Values of both releases, in the columns of the tables. */
const both = (title: string, before: number, now: number, more = ''): Expected => [
  title,
  { [web('web-1', more)]: before, [web('web-2', more)]: now },
];
const only = (title: string, now: number): Expected => [title, { [web('web-2')]: now }];
const stat = (title: string, value: number): Expected => [`${title}: ${title}`, { '': value }];
const minute = 60 * 1000;
const expected: readonly Expected[] = [
  stat('Workloads with a rollout', 1),
  stat('More CPU per pod', 1),
  stat('More memory per pod', 1),
  both('Pods by release: Last seen', (rollout - 5) * minute, end * minute),
  both('Pods by release: CPU', 0.2, 0.3),
  only('Pods by release: CPU growth', 0.5),
  both('Pods by release: Memory', 100, 250),
  only('Pods by release: Memory growth', 1.5),
  both('Pods by release: Restarts per hour', 0, 6),
  both('Requests by release: Errors', 0.01, 0.1),
  only('Requests by release: More errors', 0.09),
  both('Requests by release: 95th percentile', 100, 150),
  only('Requests by release: Growth', 0.5),
  both('Missed events by release: Missed', 0.01, 0.02, ', slo="availability"'),
];

/** Where the marker of a rollout is in a chart. */
const marker = 'annotation Rollouts';
queries.set(marker, expand(rollouts('namespace="shop"').query).text);

const verdictOf = async (cases: readonly Expected[], time = end) => {
  const test = {
    interval: '1m',
    input_series: input,
    promql_expr_test: cases.map(([title, samples]) => ({
      // Digits that do not depend on the rounding of sums.
      expr: `round(${queryOf(title)}, 0.005)`,
      eval_time: `${time}m`,
      exp_samples: Object.entries(samples).map(([labels, value]) => ({
        labels: `{${labels}}`,
        value,
      })),
    })),
  };
  const file = { rule_files: [], evaluation_interval: '1m', fuzzy_compare: true, tests: [test] };
  writeFileSync(join(folder, 'releases.test.yaml'), stringify(file));
  return (await promtool(folder, ['test', 'rules', 'releases.test.yaml'])).output;
};

describe('the dashboard Releases, in the engine of Prometheus', () => {
  it('compares the pods, the requests and the objectives of two releases', async () => {
    expect(await verdictOf(expected)).toContain('SUCCESS');
  });

  it('has no row and no growth before the first rollout in the shown time', async () => {
    const none = expected.map(
      ([title, samples]): Expected => ('' in samples ? [title, { '': 0 }] : [title, {}]),
    );
    expect(await verdictOf(none, rollout - 1)).toContain('SUCCESS');
  });

  it.each([
    ['at the rollout', rollout, [marker, { [web('web-2')]: 1 }]],
    ['before it', rollout - 1, [marker, {}]],
    ['after it', rollout + 1, [marker, {}]],
    ['at the first sample of workloads', 0, [marker, {}]],
  ] as const)('marks it in charts: %s', async (_, time, found) => {
    expect(await verdictOf([found], time)).toContain('SUCCESS');
  });
});
