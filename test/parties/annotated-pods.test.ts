import { expect, test } from 'vitest';
import { prometheusFilesIn } from '../../src/checks/support/prometheus-file.js';
import { loadChecks } from '../../src/load-checks.js';
import { readme } from '../../src/output/readme.js';
import { checkInputOf, runChecks } from '../../src/run-checks.js';
import { relabel } from '../../src/schema/prometheus/relabelling.js';
import { build, minimal } from '../environment.js';

const stack = build({
  ...minimal,
  annotatedPods: [
    { namespace: 'shop', ports: [8080, 9090] },
    { namespace: 'cart', ports: [8080] },
  ],
});
const input = checkInputOf(stack, [], {});

test('annotated pods pass all checks, and the README lists what is open', async () => {
  const { checks } = await loadChecks();
  expect(runChecks(stack, checks, input)).toEqual([]);
  const lines = readme(stack)
    .split('\n')
    .filter((line) => line.includes('every pod of the namespace'));
  expect(lines).toEqual([
    '- prometheus can reach port 8080 of every pod of the namespace `shop`, for annotated-shop.',
    '- prometheus can reach port 9090 of every pod of the namespace `shop`, for annotated-shop.',
    '- prometheus can reach port 8080 of every pod of the namespace `cart`, for annotated-cart.',
  ]);
});

const [file] = prometheusFilesIn(input);
const steps = file!.config.scrape_configs!.find(
  ({ job_name }) => job_name === 'annotated-shop/8080',
)!.relabel_configs;

const pod = (address: string, annotations: Record<string, string>, port?: number) =>
  relabel(
    {
      __address__: address,
      __scheme__: 'http',
      __metrics_path__: '/metrics',
      __meta_kubernetes_namespace: 'shop',
      __meta_kubernetes_pod_name: 'a',
      __meta_kubernetes_pod_node_name: 'node',
      __meta_kubernetes_pod_phase: 'Running',
      ...(port !== undefined && { __meta_kubernetes_pod_container_port_number: `${port}` }),
      ...Object.fromEntries(
        Object.entries(annotations).map(([key, value]) => [
          `__meta_kubernetes_pod_annotation_prometheus_io_${key}`,
          value,
        ]),
      ),
    },
    steps,
  );

test.each([
  ['10.0.0.1:80', { scrape: 'true', port: '8080' }, 80, '10.0.0.1:8080'],
  ['10.0.0.1', { scrape: 'true', port: '8080' }, undefined, '10.0.0.1:8080'],
  ['fd00::1', { scrape: 'true', port: '8080' }, undefined, '[fd00::1]:8080'],
  ['10.0.0.1:8080', { scrape: 'true' }, 8080, '10.0.0.1:8080'],
  ['10.0.0.1:80', { scrape: 'true' }, 80, undefined],
  ['10.0.0.1:8080', { scrape: 'true', port: '9999' }, 8080, undefined],
  ['10.0.0.1:8080', { scrape: 'false', port: '8080' }, 8080, undefined],
  ['10.0.0.1:8080', {}, 8080, undefined],
])(
  'a pod at %s with %j is scraped on the listed port only',
  (address, annotations, port, found) => {
    expect(pod(address, annotations, port)?.__address__).toBe(found);
  },
);

test('the annotations set path and scheme', () => {
  const annotations = { scrape: 'true', port: '8080', path: '/stats', scheme: 'https' };
  expect(pod('10.0.0.1:80', annotations, 80)).toMatchObject({
    __metrics_path__: '/stats',
    __scheme__: 'https',
    namespace: 'shop',
    pod: 'a',
    job: 'annotated-shop',
  });
});
