import { describe, expect, test } from 'vitest';
import type { ApplicationOptions } from '../../src/applications/declared/application.js';
import { dashboard, stat } from '../../src/content/grafana.js';
import { filesOf } from '../../src/synthesize.js';
import { minimal } from '../environment.js';
import { projectWith } from './project.js';

const cart: ApplicationOptions = {
  name: 'cart',
  namespace: 'shop',
  labels: { app: 'cart' },
  sendsMetrics: { declares: { orders_total: { type: 'counter', labels: ['status'] } } },
};

const projectOf = (application: ApplicationOptions, query = 'orders_total') =>
  projectWith({
    'environments/test.ts': {
      ...minimal,
      stage: 'development',
      prometheus: { otlp: true },
      otelGateway: { enabled: true, metrics: true },
    },
    'applications/cart.ts': application,
    'dashboards/orders.ts': dashboard({
      title: 'Orders',
      description: 'Orders.',
      folder: 'Shop',
      rows: [
        {
          title: 'Orders',
          panels: [
            stat({
              title: 'Rate',
              description: 'Orders per second. Bad: none.',
              unit: 'cps',
              queries: query,
            }),
          ],
        },
      ],
    }),
  });

const codesOf = async (query: string, application = cart) =>
  (await projectOf(application, query)).findings.map(({ code }) => code);

describe('queries about metrics that an application sends', () => {
  test.each([
    'sum(rate(orders_total{job="cart", status="paid"}[5m]))',
    'max(sum by (k8s_namespace_name, instance) (rate(orders_total[5m])))',
    'sum(rate(orders_total[5m]) * on (job, instance) group_left (service_version) target_info)',
  ])('%s is accepted', async (query) => {
    expect(await codesOf(query)).toEqual([]);
  });

  test.each([
    ['sum(rate(ordres_total{job="cart"}[5m]))', 'metrics/unknown-metric'],
    ['sum(rate(orders_total{job="crat"}[5m]))', 'jobs/unknown-job'],
    ['sum(rate(orders_total{state="paid"}[5m]))', 'metrics/missing-label'],
  ])('%s is %s', async (query, code) => {
    expect(await codesOf(query)).toContain(code);
  });

  test('of an application that declares none are only doubtful', async () => {
    const { findings } = await projectOf(
      { ...cart, sendsMetrics: true },
      'sum(rate(orders_total{job="cart"}[5m]))',
    );
    expect(findings.map(({ severity }) => severity)).not.toContain('error');
  });
});

test('the variables send metrics to the gateway, with the namespace', async () => {
  const { stacks, inputs } = await projectOf({ ...cart, traces: true }, 'sum(orders_total)');
  const readme = filesOf(stacks, inputs).test!['README.md']!;
  expect(readme).toContain('sends its spans and metrics:');
  expect(readme.split('\n').filter((line) => line.startsWith('OTEL_'))).toEqual([
    'OTEL_SERVICE_NAME=cart',
    'OTEL_RESOURCE_ATTRIBUTES=k8s.namespace.name=shop',
    'OTEL_TRACES_EXPORTER=otlp',
    'OTEL_EXPORTER_OTLP_PROTOCOL=grpc',
    'OTEL_EXPORTER_OTLP_ENDPOINT=http://crowsnest-otel-gateway.crowsnest.svc:4317',
    'OTEL_METRICS_EXPORTER=otlp',
    'OTEL_LOGS_EXPORTER=none',
  ]);
});
