import { stringify } from 'yaml';
import { hostileJson } from './hostile.js';
import { mutated } from './mutate.js';
import type { Random } from './random.js';

const queries = [
  'sum(up)',
  'sum by (job) (rate(prometheus_http_requests_total[$__rate_interval]))',
  'up{job=~"$job"}',
  '',
  'histogram_quantile(0.9, sum by (le) (rate(prometheus_http_request_duration_seconds_bucket[5m])))',
];

const panel = (random: Random, id: number): object => ({
  id,
  type: random.pick(['timeseries', 'stat', 'graph', 'table', 'row', 'singlestat', 'text', 'gauge']),
  title: `Panel ${id}`,
  gridPos: { x: 0, y: id, w: 12, h: 8 },
  datasource: random.pick<unknown>([
    { type: 'prometheus', uid: '$datasource' },
    '${DS_PROM}',
    null,
  ]),
  fieldConfig: {
    defaults: { unit: random.pick(['short', 's', 'percentunit', 'x']) },
    overrides: [],
  },
  targets: [{ refId: 'A', expr: random.pick(queries), legendFormat: '{{job}}' }],
});

/** A dashboard as Grafana exports it, of one of its formats. */
export const dashboardModel = (random: Random): unknown => {
  const panels = [1, 2].map((id) => panel(random, id));
  const model = {
    __inputs: [{ name: 'DS_PROM', type: 'datasource', pluginId: 'prometheus' }],
    title: 'Shop',
    uid: 'shop',
    schemaVersion: 39,
    templating: {
      list: [
        { name: 'datasource', type: 'datasource', query: 'prometheus' },
        { name: 'job', type: 'query', query: 'label_values(up, job)', datasource: '$datasource' },
        { name: 'i', type: 'interval', query: '1m,5m', auto: true },
      ],
    },
    panels,
    links: [{ title: 'a', type: 'link', url: 'https://example.com/' }],
    annotations: { list: [{ name: 'a', datasource: '-- Grafana --', enable: true }] },
    time: { from: 'now-6h', to: 'now' },
  };
  const { panels: _, ...rest } = model;
  return random.pick<unknown>([
    model,
    model,
    { ...rest, schemaVersion: 14, rows: [{ title: 'a', height: '250px', panels }] },
    {
      apiVersion: 'dashboard.grafana.app/v1beta1',
      kind: 'Dashboard',
      metadata: { name: 'shop' },
      spec: model,
    },
    {
      apiVersion: 'grafana.integreatly.org/v1beta1',
      kind: 'GrafanaDashboard',
      metadata: { name: 'shop' },
      spec: { instanceSelector: {}, json: JSON.stringify(model) },
    },
    {
      apiVersion: 'dashboard.grafana.app/v2beta1',
      kind: 'Dashboard',
      metadata: { name: 'shop' },
      spec: {
        title: 'Shop',
        elements: {
          one: {
            kind: 'Panel',
            spec: {
              id: 1,
              title: 'One',
              data: {
                kind: 'QueryGroup',
                spec: {
                  queries: [
                    {
                      kind: 'PanelQuery',
                      spec: {
                        refId: 'A',
                        query: { kind: 'DataQuery', group: 'prometheus', spec: { expr: 'up' } },
                      },
                    },
                  ],
                },
              },
              vizConfig: { kind: 'VizConfig', group: 'timeseries', spec: {} },
            },
          },
        },
        layout: {
          kind: 'GridLayout',
          spec: {
            items: [
              {
                kind: 'GridLayoutItem',
                spec: {
                  x: 0,
                  y: 0,
                  width: 12,
                  height: 8,
                  element: { kind: 'ElementReference', name: 'one' },
                },
              },
            ],
          },
        },
      },
    },
  ]);
};

const yaml = (documents: readonly unknown[], random: Random): string =>
  documents
    .map((one) => (random.chance(0.7) ? mutated(one, random, hostileJson) : one))
    .map((one) => stringify(one, { aliasDuplicateObjects: random.chance(0.2) }))
    .join('---\n');

/** A file of rules, plain or as an object of the operator. */
export const rules = (random: Random): string => {
  const spec = {
    groups: [
      {
        name: 'orders',
        interval: '1m',
        rules: [
          {
            alert: 'OrdersFail',
            expr: 'sum by (job) (up) == 0',
            for: '5m',
            labels: { severity: 'warning', team: 'shop' },
            annotations: { summary: 'Of {{ $labels.job }}', description: '{{ $value }}' },
          },
          { record: 'job:up:sum', expr: 'sum by (job) (up)', labels: { a: 'b' } },
        ],
      },
    ],
  };
  const object = {
    apiVersion: 'monitoring.coreos.com/v1',
    kind: 'PrometheusRule',
    metadata: { name: 'orders' },
    spec,
  };
  return yaml([random.chance(0.5) ? spec : object], random);
};

/** Objects of the operator, with the Services and pods that they need. */
export const monitors = (random: Random): string => {
  const metadata = { name: 'shop', namespace: 'shop', labels: { app: 'shop' } };
  const endpoint = {
    port: 'http',
    path: '/metrics',
    interval: '30s',
    scrapeTimeout: '10s',
    relabelings: [{ sourceLabels: ['__meta_kubernetes_pod_name'], targetLabel: 'pod' }],
    metricRelabelings: [{ sourceLabels: ['__name__'], regex: 'go_.*', action: 'drop' }],
  };
  const selector = { matchLabels: { app: 'shop' } };
  const of = (kind: string, spec: object) => ({
    apiVersion: 'monitoring.coreos.com/v1',
    kind,
    metadata,
    spec,
  });
  const all = [
    {
      apiVersion: 'v1',
      kind: 'Service',
      metadata,
      spec: { selector: { app: 'shop' }, ports: [{ name: 'http', port: 80, targetPort: 8080 }] },
    },
    of('ServiceMonitor', { selector, endpoints: [endpoint] }),
    of('PodMonitor', { selector, podMetricsEndpoints: [{ portNumber: 8080 }] }),
    of('Probe', {
      prober: { url: 'blackbox.shop.svc:9115' },
      targets: { staticConfig: { static: ['https://example.com/'] } },
    }),
    {
      ...of('ScrapeConfig', { staticConfigs: [{ targets: ['a.example.com:9100'] }] }),
      apiVersion: 'monitoring.coreos.com/v1alpha1',
    },
  ];
  return yaml(all.slice(0, 2 + random.below(4)), random);
};

/** A text with a random fault: cut, doubled, or with characters that do not belong there. */
export const brokenText = (text: string, random: Random): string => {
  const at = random.below(text.length + 1);
  const [start, end] = [text.slice(0, at), text.slice(at)];
  return random.pick([
    start,
    end,
    `${start}${random.pick(['\u0000', '\t', '{', ']', '"', "'", ': ', '\n', '- ', '&a ', '*a', '\ufeff', '%', '\ud800', '!!binary ', '<<: '])}${end}`,
    `\ufeff${text}`,
    `${text}\n---\n${text}`,
    '',
    '['.repeat(20_000),
    `${'{"a":'.repeat(5000)}1${'}'.repeat(5000)}`,
    `a: &a [1]\n${'b: [*a, *a, *a, *a]\n'.repeat(3)}`,
    text.replaceAll('"', "'"),
    text.replaceAll('\n', '\r'),
  ]);
};
