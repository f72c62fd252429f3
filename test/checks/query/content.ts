import { stringify } from 'yaml';
import type { EnvironmentOptions } from '../../../src/environment/environment.js';
import type { CheckInput } from '../../../src/model/check.js';
import type { MetricsOffer } from '../../../src/model/offer.js';
import { metrics } from '../../../src/model/offer.js';
import type { SynthesizedStack } from '../../../src/output/synthesized-stack.js';
import { build, minimal, oneDashboard } from '../../environment.js';
import { changed } from '../input.js';

/** The expressions of a test, in one rule file and one dashboard. */
export interface Asked {
  readonly alert?: string;
  readonly annotation?: string;
  readonly record?: string;
  readonly panel?: string;
  readonly variable?: string;
  /** Whether the variable has the value All, or can have no value. */
  readonly all?: boolean;
  readonly datasource?: object;
  readonly description?: string;
  /** More rules, in addition to the two. */
  readonly rules?: readonly object[];
  /** A query in the runbook of the alert. @default - no runbook */
  readonly runbook?: string;
  /** Whether others wrote it: the files are YAML and JSON. @default false */
  readonly imported?: boolean;
  /** More panels, each with one query. */
  readonly panels?: readonly string[];
  /** More fields of the variable. */
  readonly variableFields?: object;
  /** The declaration of metrics of the application `shop`. */
  readonly declares?: MetricsOffer['declares'];
  /** Its `metric_relabel_configs`. */
  readonly sampleRelabel?: MetricsOffer['sampleRelabel'];
  /** How often the application is scraped. @default - as the environment says */
  readonly interval?: MetricsOffer['interval'];
  /** The options of Prometheus. @default - none */
  readonly prometheus?: EnvironmentOptions['prometheus'];
  readonly kubeStateMetrics?: EnvironmentOptions['kubeStateMetrics'];
}

/** One rule file and one dashboard. */
const content = ({
  alert = 'shop:up:sum < 1',
  record = 'sum by (job) (up)',
  panel = 'up{job="$job"}',
  variable = 'label_values(up, job)',
  all = false,
  annotation = 'up == 0',
  datasource = { type: 'prometheus', uid: 'prometheus' },
  description = '{{ $labels.job }} is down.',
  rules = [],
  panels = [],
  variableFields = {},
}: Asked) => ({
  rule: stringify({
    groups: [
      {
        name: 'shop',
        rules: [
          { record: 'shop:up:sum', expr: record },
          { alert: 'ShopDown', expr: alert, labels: {}, annotations: { description } },
          ...rules,
        ],
      },
    ],
  }),
  dashboard: JSON.stringify({
    uid: 'shop',
    title: 'Shop',
    templating: {
      list: [
        {
          type: 'query',
          name: 'job',
          query: variable,
          datasource,
          ...(all && { includeAll: true, allValue: '.*' }),
          ...variableFields,
        },
      ],
    },
    annotations: { list: [{ name: 'Restarts', expr: annotation, datasource }] },
    panels: [
      { type: 'row', panels: [{ title: 'Load', datasource, targets: [{ expr: panel }] }] },
      ...panels.map((expr) => ({ title: expr, datasource, targets: [{ expr }] })),
    ],
  }),
});

type Options = Pick<
  Asked,
  'declares' | 'sampleRelabel' | 'interval' | 'prometheus' | 'kubeStateMetrics'
>;

/**
 * A stack with the application `shop`, one rule file and one dashboard, both without the content. Most cases
 * differ only in their content, which does not change the rest of a stack.
 */
const stackWith = (options: Options): SynthesizedStack => {
  const key = JSON.stringify(options);
  const stack = stacks.get(key) ?? newStack(options);
  stacks.set(key, stack);
  return stack;
};

const stacks = new Map<string, SynthesizedStack>();

const newStack = ({ declares, sampleRelabel, interval, prometheus, kubeStateMetrics }: Options) => {
  const shop = {
    name: 'shop',
    workloads: { shop: { kind: 'pods', namespace: 'shop', labels: { app: 'shop' } } },
    endpoints: {
      web: { port: 8080, offers: [metrics('/metrics', { declares, sampleRelabel, interval })] },
    },
    consumes: [],
  } as const;
  return build({ ...minimal, prometheus, kubeStateMetrics, parties: [shop] }, oneDashboard);
};

/** The input of checks for a stack with this content, in which every text is in line 7. */
export const withContent = (asked: Asked): CheckInput => {
  const {
    imported = false,
    declares,
    sampleRelabel,
    prometheus,
    kubeStateMetrics,
    interval,
  } = asked;
  const source = (file: string) => ({ file, shipped: false, lineOf: () => 7 });
  const { rule, dashboard } = content(asked);
  const stack = stackWith({ declares, sampleRelabel, interval, prometheus, kubeStateMetrics });
  const { manifests } = changed(
    stack,
    'ConfigMap crowsnest/crowsnest-prometheus-rules-0',
    (map) => {
      map.data = { 'shop.yaml': rule };
    },
  );
  const input = changed(
    { ...stack, manifests },
    'ConfigMap crowsnest/crowsnest-grafana-dashboards-shop-0',
    (map) => {
      map.data = { 'shop.json': dashboard };
    },
  );
  return {
    ...input,
    sources: {
      'alerts/shop': {
        ...source(imported ? 'alerts/shop.yaml' : 'alerts/shop.ts'),
        ...(asked.runbook !== undefined && {
          runbook: {
            file: 'alerts/shop.md',
            alerts: () => ['ShopDown', 'ShopSlow'],
            queries: () => [
              { alert: 'ShopDown', expr: asked.runbook ?? '', line: 9 },
              // For an alert that the environment does not have.
              { alert: 'ShopSlow', expr: 'nothing_that_exists', line: 12 },
            ],
          },
        }),
      },
      'dashboards/shop': source(imported ? 'dashboards/shop.json' : 'dashboards/shop.ts'),
    },
  };
};
