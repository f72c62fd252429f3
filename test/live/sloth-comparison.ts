import { parse } from 'yaml';
import { toYaml } from '../../src/model/yaml.js';

const minutes = 4600;
const duration = 'http_server_request_duration_seconds';
const spans =
  'traces_span_metrics_calls_total{service_name="checkout", span_kind="SPAN_KIND_SERVER"';

type Phases = readonly (readonly [minutes: number, perMinute: number])[];

/** Counters, and how fast each grows in one phase after another. */
const counters: Readonly<Record<string, Phases>> = {
  // 99.9 %: an outage of ten minutes.
  [`${duration}_count{job="checkout", http_response_status_code="200"}`]: [
    [720, 6000],
    [10, 0],
    [minutes - 730, 6000],
  ],
  [`${duration}_count{job="checkout", http_response_status_code="500"}`]: [
    [720, 0],
    [10, 6000],
    [minutes - 730, 0],
  ],
  // 99 % within 250 ms: always a little less than allowed is slower.
  [`${duration}_bucket{job="checkout", le="0.25"}`]: [[minutes, 5952]],
  // 99.5 %: four times the allowed share for 30 hours.
  [`${spans}, status_code="STATUS_CODE_UNSET"}`]: [
    [1000, 2000],
    [1800, 1960],
    [minutes - 2800, 2000],
  ],
  [`${spans}, status_code="STATUS_CODE_ERROR"}`]: [
    [1000, 0],
    [1800, 40],
    [minutes - 2800, 0],
  ],
  // 95 %: eight times the allowed share for eight hours.
  'http_requests_total{job="checkout", code="200"}': [
    [1000, 990],
    [480, 600],
    [minutes - 1480, 990],
  ],
  'http_requests_total{job="checkout", code="500"}': [
    [1000, 10],
    [480, 400],
    [minutes - 1480, 10],
  ],
  // 99 %: always a little more than allowed.
  'orders_total{job="checkout"}': [[minutes, 1000]],
  'orders_failed_total{job="checkout"}': [[minutes, 13]],
};

const dayAndNight: typeof counters = {
  'http_requests_total{job="checkout", code="200"}': [
    [720, 5940],
    [720, 0],
  ],
  'http_requests_total{job="checkout", code="500"}': [[1440, 60]],
};

const valuesOf = (phases: Phases): string => {
  let value = 0;
  return phases
    .map(([length, rate]) => {
      const first = value + rate;
      value += length * rate;
      return `${first}+${rate}x${length - 1}`;
    })
    .join(' ');
};

const firing = (matchers: string): string =>
  `count by (slo) (label_replace(ALERTS{alertstate="firing", ${matchers}}, "slo", "$1", "sloth_slo", "(.+)"))`;

const [page, ticket] = ['ErrorBudgetBurnsFast', 'ErrorBudgetBurns'].map((name) =>
  firing(`alertname="${name}"`),
) as [string, string];
const pairs = [
  [page, firing('sloth_severity="page"')],
  [ticket, firing('sloth_severity="ticket"')],
] as const;

/** When an alert of each objective surely fires, so that the comparison is not one of nothing. */
const certain = [
  ['availability', 740, page],
  ['promhttp', 1400, page],
  ['spans', 2800, ticket],
  ['orders', 4500, ticket],
] as const;

const every = 20;

/** A promtool test that both sets of rules have the same alerts at each step of three days. */
export const comparison = (sloth: string, ours: readonly string[]): string => {
  const { groups } = parse(sloth) as { groups: readonly { readonly name: string }[] };
  const steps = Array.from({ length: minutes / every - 1 }, (_, index) => every * (index + 1));
  return toYaml({
    rule_files: [...ours.map((name) => `${name}.yaml`), 'sloth.yaml'],
    evaluation_interval: '5m',
    group_eval_order: [...ours, ...groups.map(({ name }) => name)],
    tests: [
      {
        name: 'both have the same alerts',
        interval: '1m',
        input_series: Object.entries(counters).map(([series, phases]) => ({
          series,
          values: valuesOf(phases),
        })),
        promql_expr_test: [
          ...steps.flatMap((minute) =>
            pairs.map(([one, other]) => ({
              expr: `(${one} unless ${other}) or (${other} unless ${one})`,
              eval_time: `${minute}m`,
              exp_samples: [],
            })),
          ),
          ...certain.map(([slo, minute, alert]) => ({
            expr: `${alert} and on (slo) label_replace(vector(1), "slo", "${slo}", "", "")`,
            eval_time: `${minute}m`,
            exp_samples: [{ labels: `{slo="${slo}"}`, value: 1 }],
          })),
        ],
      },
      {
        // A night in which all of few requests fail after a day in which 1 % of many fail.
        name: 'the ratio of the period is weighted by traffic, and that of sloth is an average of ratios',
        interval: '1m',
        input_series: Object.entries(dayAndNight).map(([series, phases]) => ({
          series,
          values: valuesOf(phases),
        })),
        promql_expr_test: [
          ['slo="promhttp"', 0.02],
          ['sloth_slo="promhttp"', 0.51],
        ].map(([matcher, value]) => ({
          expr: `max(round(slo:sli_error:ratio_rate30d{${matcher}}, 0.01))`,
          eval_time: '1440m',
          exp_samples: [{ labels: '{}', value }],
        })),
      },
    ],
  });
};
