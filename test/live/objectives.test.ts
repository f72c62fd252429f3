import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, describe, expect, it } from 'vitest';
import { stringify } from 'yaml';
import { objectiveGroup } from '../../src/content/objective/group.js';
import { availability, latency, objectiveName } from '../../src/content/objective/objective.js';
import { objectiveTests } from '../../src/content/objective/test-file.js';
import {
  inParallel,
  promtool,
  renderForTests,
  repository,
  shippedGroups,
} from '../alerts/promtool.js';
import { checkout, objectives, thirtyDays, valid } from '../content/objective/sample.js';
import { comparison } from './sloth-comparison.js';

const shared = (await shippedGroups()).objectives!;
const folder = mkdtempSync(join(tmpdir(), 'crowsnest-objectives-'));
afterAll(() => rmSync(folder, { recursive: true, force: true }));

const write = (name: string, text: string) => writeFileSync(join(folder, name), text);
write('objectives.yaml', renderForTests('objectives', shared));

/** Runs the generated tests of an objective with its rules, or with those of another one. */
const verdictOf = (tested: (typeof objectives)[number], measured = tested) => {
  const own = `${objectiveName(tested)}-${objectiveName(measured)}-${measured.target}`;
  write(`${own}.yaml`, renderForTests(own, objectiveGroup(checkout, [measured], thirtyDays)));
  write(`${own}.test.yaml`, objectiveTests(checkout, [tested], thirtyDays, { own }));
  return promtool(folder, ['test', 'rules', `${own}.test.yaml`]);
};

describe('the generated tests of objectives', () => {
  it('pass for each kind of indicator', async () => {
    for (const { output } of await inParallel(objectives, (one) => verdictOf(one))) {
      expect(output).toContain('SUCCESS');
    }
  });

  it('fail for the rules of another target', async () => {
    const [tested, measured] = [valid(availability(99.9)), valid(availability(99))];
    expect((await verdictOf(tested, measured)).output).toContain('FAILED');
  });
});

describe('an objective with the preset of a library', () => {
  write(
    'preset.yaml',
    renderForTests(
      'preset',
      objectiveGroup(checkout, [valid(availability(99.9, { of: 'promhttp' }))], thirtyDays),
    ),
  );
  const alertsWith = async (
    labels: string,
    alerts: readonly object[],
    errors: readonly object[],
  ) => {
    const requests = (status: string) =>
      `http_requests_total{job="checkout", instance="10.0.0.1:9464", ${labels}="${status}"}`;
    write(
      `preset-${labels}.test.yaml`,
      stringify({
        rule_files: ['preset.yaml', 'objectives.yaml'],
        evaluation_interval: '1m',
        tests: [
          {
            interval: '1m',
            input_series: [
              { series: 'up{job="checkout", instance="10.0.0.1:9464"}', values: '1x60' },
              { series: requests('200'), values: '0+60x60' },
            ],
            alert_rule_test: [
              { eval_time: '50m', alertname: 'ObjectiveNotMeasured', exp_alerts: alerts },
            ],
            promql_expr_test: [
              { expr: 'sum(slo:sli_errors:rate5m)', eval_time: '50m', exp_samples: errors },
            ],
          },
        ],
      }),
    );
    return (await promtool(folder, ['test', 'rules', `preset-${labels}.test.yaml`])).output;
  };

  it('is met without failures', async () => {
    expect(await alertsWith('code', [], [{ labels: '{}', value: 0 }])).toContain('SUCCESS');
  });

  it('is not measured if the requests lack its label, since nobody knows whether they fail', async () => {
    const labels = { namespace: 'shop', service: 'checkout', slo: 'availability' };
    const summary = 'The objective availability of checkout is not measured.';
    const output = await alertsWith(
      'status',
      [
        {
          exp_labels: {
            ...labels,
            severity: 'warning',
            subject: 'measurement of availability of checkout',
          },
          exp_annotations: {
            summary,
            description:
              'checkout in shop has 1 events per second, but no series tells which of them miss the objective availability: its histogram has no bucket up to the threshold, or its requests lack the label of the status.',
          },
        },
      ],
      [],
    );
    expect(output).toContain('SUCCESS');
  });
});

describe('the alerts of five objectives', () => {
  it('are those of sloth on the same data of three days', async ({ annotate }) => {
    const five = [
      availability(99.9),
      latency(99, '250ms'),
      availability(99.5, { name: 'spans', of: 'spans' }),
      availability(95, { name: 'promhttp', of: 'promhttp' }),
      availability(99, {
        name: 'orders',
        of: { errors: 'orders_failed_total', total: 'orders_total' },
      }),
    ].map(valid);
    const sloth = readFileSync(join(repository, 'test/live/sloth/rules.yaml'), 'utf8');
    write('sloth.yaml', sloth);
    write('five.yaml', renderForTests('five', objectiveGroup(checkout, five, thirtyDays)));
    write('sloth.test.yaml', comparison(sloth, ['five', 'objectives']));
    const { output } = await promtool(folder, ['test', 'rules', 'sloth.test.yaml']);
    expect(output).toContain('SUCCESS');
    await annotate('the same alerts as sloth 0.16.0 for five objectives', 'figure');
  });
});
