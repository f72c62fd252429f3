import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, describe, expect, it } from 'vitest';
import { stringify } from 'yaml';
import { objectiveGroup } from '../../src/content/objective/group.js';
import { availability } from '../../src/content/objective/objective.js';
import { promtool, renderForTests } from '../alerts/promtool.js';
import { checkout, thirtyDays, valid } from '../content/objective/sample.js';

const folder = mkdtempSync(join(tmpdir(), 'crowsnest-objectives-'));
afterAll(() => rmSync(folder, { recursive: true, force: true }));

const write = (name: string, text: string) => writeFileSync(join(folder, name), text);
const objectives = {
  own: { of: { errors: 'failed_total', total: 'orders_total' } },
  spans: { of: 'spans' },
  http: { of: 'opentelemetry' },
} as const;
for (const [name, options] of Object.entries(objectives)) {
  const objective = valid(availability(99, { name, ...options }));
  write(`${name}.yaml`, renderForTests(name, objectiveGroup(checkout, [objective], thirtyDays)));
}

type Series = Readonly<Record<string, string>>;

/** The sum of a recorded rate over 20 minutes is this many events per minute. */
const verdictOf = (
  name: keyof typeof objectives,
  series: Series,
  expected: { readonly total: number; readonly errors: number },
) => {
  const file = `${name}-${Math.random()}.test.yaml`;
  const sumOf = (record: string) => `sum(sum_over_time(${record}[20m])) * 60`;
  const tested = (record: string, value: number) => ({
    expr: `round(${sumOf(record)})`,
    eval_time: '30m',
    exp_samples: [{ labels: '{}', value }],
  });
  write(
    file,
    stringify({
      rule_files: [`${name}.yaml`],
      evaluation_interval: '1m',
      tests: [
        {
          interval: '1m',
          input_series: Object.entries(series).map(([one, values]) => ({ series: one, values })),
          promql_expr_test: [
            tested('slo:sli_total:rate5m', expected.total),
            tested('slo:sli_errors:rate5m', expected.errors),
          ],
        },
      ],
    }),
  );
  return promtool(folder, ['test', 'rules', file]);
};

const at = 'job="checkout",instance="10.0.0.1:9464"';
const up = { [`up{${at}}`]: '1x40' };
const http = (status: string, more = '') =>
  `http_server_request_duration_seconds_count{${at},http_response_status_code="${status}"${more}}`;
const spans = (status: string) =>
  `traces_span_metrics_calls_total{job="span-metrics",instance="10.0.0.9:8889",service_name="checkout",span_kind="SPAN_KIND_SERVER",status_code="STATUS_CODE_${status}"}`;

describe('the first value of a counter', () => {
  it('counts if other series of its target stay', async () => {
    const { output } = await verdictOf(
      'http',
      { ...up, [http('200')]: '1000+60x40', [http('500')]: '_x20 50x20' },
      // 60 per minute, and the 50 failures: each rate over five minutes has them five times.
      { total: 20 * 60 + 50, errors: 50 },
    );
    expect(output).toContain('SUCCESS');
  });

  it('counts if its target had no series, although it was scraped', async () => {
    const { output } = await verdictOf(
      'own',
      { ...up, [`orders_total{${at}}`]: '_x20 500x20', [`failed_total{${at}}`]: '_x20 50x20' },
      { total: 500, errors: 50 },
    );
    expect(output).toContain('SUCCESS');
  });

  it('does not count after a label of the target has changed', async () => {
    const { output } = await verdictOf(
      'http',
      {
        [`up{${at}}`]: '1x20 _x20',
        [`up{${at},team="shop"}`]: '_x20 1x20',
        [http('200')]: '1000000+60x20 _x20',
        [http('500')]: '20000+0x20 _x20',
        [http('200', ',team="shop"')]: '_x20 1001260+60x20',
        [http('500', ',team="shop"')]: '_x20 20000+0x20',
      },
      // For some minutes, the rates of both have values.
      { total: 1242, errors: 0 },
    );
    expect(output).toContain('SUCCESS');
  });

  it('of spans does not count after they were away', async () => {
    const { output } = await verdictOf(
      'spans',
      {
        'up{job="span-metrics",instance="10.0.0.9:8889"}': '1x40',
        [spans('UNSET')]: '1000000+60x14 _x8 1001380+60x20',
        [spans('ERROR')]: '20000+0x14 _x8 20000+0x20',
      },
      // What the rates have before and after.
      { total: 702, errors: 0 },
    );
    expect(output).toContain('SUCCESS');
  });
});
