import { stringify } from 'yaml';
import type { EnvironmentOptions } from '../../../src/config/environment.js';
import type { CheckInput } from '../../../src/model/check.js';
import type { MetricsOffer } from '../../../src/model/offer.js';
import { metrics } from '../../../src/model/offer.js';
import { build, minimal, oneDashboard } from '../../environment.js';
import { changed } from '../input.js';

/** What a test asks of Prometheus, in the one rule file and the one dashboard that it has. */
export interface Asked {
  readonly alert?: string;
  readonly annotation?: string;
  readonly record?: string;
  readonly panel?: string;
  readonly variable?: string;
  /** Whether all values of the variable may be chosen at once, or none. */
  readonly all?: boolean;
  readonly datasource?: object;
  readonly description?: string;
  /** More rules, beside the two. */
  readonly rules?: readonly object[];
  /** @default true */
  readonly shipped?: boolean;
  /** What the application `shop` says of its metrics. */
  readonly declares?: MetricsOffer['declares'];
  /** Steps over its samples. */
  readonly sampleRelabel?: MetricsOffer['sampleRelabel'];
  /** What the environment says of Prometheus. @default - nothing */
  readonly prometheus?: EnvironmentOptions['prometheus'];
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
        },
      ],
    },
    annotations: { list: [{ name: 'Restarts', expr: annotation, datasource }] },
    panels: [{ type: 'row', panels: [{ title: 'Load', datasource, targets: [{ expr: panel }] }] }],
  }),
});

/** The input of checks for a stack with such content, of which every text stands in line 7. */
export const withContent = (asked: Asked): CheckInput => {
  const { shipped = true, declares, sampleRelabel, prometheus } = asked;
  const source = (file: string) => ({ file, shipped, lineOf: () => 7 });
  const shop = {
    name: 'shop',
    workloads: { shop: { kind: 'pods', namespace: 'shop', labels: { app: 'shop' } } },
    endpoints: { web: { port: 8080, offers: [metrics('/metrics', { declares, sampleRelabel })] } },
    consumes: [],
  } as const;
  const { rule, dashboard } = content(asked);
  const stack = build({ ...minimal, prometheus, parties: [shop] }, oneDashboard);
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
      'alerts/shop': source('alerts/shop.ts'),
      'dashboards/shop': source('dashboards/shop.ts'),
    },
  };
};
