import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { stringify } from 'yaml';
import { promtool } from '../alerts/promtool.js';
import type { RunningEngine } from '../engines/process.js';
import { dashboardQueries } from './dashboard.js';
import { alarmsOf } from './panel-alarms.js';
import { showPanels } from './panel-results.js';
import { type QueryData, type Question, seriesOf } from './prometheus-answer.js';
import { ask } from './prometheus-api.js';
import { startPrometheus } from './prometheus-server.js';
import { environments, shipped, shippedDashboards } from './shipped.js';

const folder = mkdtempSync(join(tmpdir(), 'crowsnest-live-'));
afterAll(() => rmSync(folder, { recursive: true, force: true }));

const objects = shipped('development');
const panels = [
  ['overview', 'Alert evaluation'],
  ['alert-history', 'Watchdog alert'],
] as const;

describe('on a Prometheus without any scrapes', () => {
  let prometheus: RunningEngine;
  beforeAll(async () => {
    prometheus = await startPrometheus(objects, folder, (shipped) => ({
      ...shipped,
      scrape_configs: [],
    }));
  });
  afterAll(() => prometheus?.stop());

  it.each(environments)(
    '%s: no panel looks alarming, except for the text "no data"',
    async (name) => {
      const end = Date.now() / 1000;
      const answers = (questions: readonly Question[]) =>
        Promise.all(
          questions.map(async ({ query, period }) => {
            const times = Object.entries(period ?? {}).map(([key, time]) => [key, `${time}`]);
            const parameters = { query, ...Object.fromEntries(times) };
            const path = period ? 'query_range' : 'query';
            return seriesOf(await ask<QueryData>(prometheus.url, path, parameters));
          }),
        );
      const shown = await showPanels(Object.values(shippedDashboards(name)), answers, {
        start: end - 60,
        end,
        step: 15,
      });
      const alarming = shown.flatMap(({ title, panel, results }) =>
        alarmsOf(panel, results).map((alarm) => `${title}: ${alarm}`),
      );
      expect(shown.length).toBeGreaterThan(100);
      expect(alarming.filter((one) => !one.endsWith('no data, without words for it'))).toEqual([]);
    },
  );
});

const states = { stopped: 0, running: 1, starting: 2 };

// A sample every 30 seconds, the interval of scrapes and evaluations; an underscore is a missing
// sample.
const situations: readonly (readonly [
  situation: string,
  up: string,
  watchdog: string,
  at: string,
  state: keyof typeof states,
])[] = [
  ['before the first scrape', '_x9 1', '_x9 1', '1m', 'starting'],
  ['after the first scrape, before the first evaluation', '_ 1x20', '_x9', '1m', 'starting'],
  ['after the first evaluation', '_ 1x20', '_ _ 1x20', '1m', 'running'],
  ['if the first evaluation is missing', '_ 1x20', '_x9', '3m', 'stopped'],
  ['at the end of a long run', '1x40', '1x40', '20m', 'running'],
  ['if the evaluation stops', '1x40', '1x20', '20m', 'stopped'],
  ['in the first minute after an outage of 20 minutes', '1x10 _x40 1x9', '1x10', '26m', 'starting'],
  ['if the evaluation is missing after the outage', '1x10 _x40 1x20', '1x10', '28m30s', 'stopped'],
  [
    'in the first minute after an outage of six minutes',
    '1x10 _x12 1x9',
    '1x10',
    '12m',
    'starting',
  ],
];

/**
 * The result of an expression of a dashboard at a time, with series that have a sample every 30
 * seconds.
 */
const expectSample = async (
  expr: string,
  series: Readonly<Record<string, string>>,
  eval_time: string,
  sample: { readonly labels: string; readonly value: number },
) => {
  const input_series = Object.entries(series).map(([name, values]) => ({ series: name, values }));
  const promql_expr_test = [{ expr, eval_time, exp_samples: [sample] }];
  const tests = [{ interval: '30s', input_series, promql_expr_test }];
  writeFileSync(join(folder, 'rules.yaml'), 'groups: []\n');
  writeFileSync(join(folder, 'test.yaml'), stringify({ rule_files: ['rules.yaml'], tests }));
  const { ok, output } = await promtool(folder, ['test', 'rules', 'test.yaml']);
  expect(ok, output).toBe(true);
};

const expressionOf = (uid: string, part: string): string =>
  dashboardQueries(objects, uid).find(
    ({ panel, expression }) => panel === part || expression.includes(part),
  )!.expression;

describe.each(panels)('the panel %s shows %s', (uid, title) => {
  it.each(situations)('%s', async (_, up, watchdog, at, state) => {
    const series = {
      'up{job="prometheus"}': up,
      'ALERTS{alertname="Watchdog", alertstate="firing", severity="info"}': watchdog,
    };
    await expectSample(expressionOf(uid, title), series, at, {
      labels: '{}',
      value: states[state],
    });
  });
});

it.each([
  ['starts for two minutes', '0x3 1x100', 1 - 2 / 1440],
  ['fails for a quarter of an hour', '1x60 0x29 1x12', 1 - 15 / 1440],
])('the availability of a page that %s is a share of the whole day', async (_, success, value) => {
  const series = { 'probe_success{job="probe", instance="shop"}': success };
  const expression = expressionOf('probes', '[1d:1m]');
  await expectSample(expression, series, '51m', { labels: '{instance="shop"}', value });
});
