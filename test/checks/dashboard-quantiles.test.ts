import { expect, test } from 'vitest';
import quantiles from '../../src/checks/dashboards/dashboard-quantiles.js';
import { board, panel, shipping } from './dashboard.js';

const run = (expr: string, extension: 'ts' | 'json' = 'ts') =>
  quantiles
    .run(shipping({ shop: board([panel({ targets: [{ refId: 'A', expr }] })]) }, extension))
    .map(({ severity, fault }) => [severity, fault]);
const quantile = (at: number, metric: string) =>
  `histogram_quantile(${at}, sum by (le) (rate(${metric}_bucket[5m]))) > 0`;

test.each([
  quantile(0.99, 'coredns_dns_request_duration_seconds'),
  quantile(0.99, 'orders_seconds'),
  'rate(etcd_request_duration_seconds_sum[5m]) / (rate(etcd_request_duration_seconds_count[5m]) > 0)',
  'histogram_quantile(scalar(q), rate(etcd_request_duration_seconds_bucket[5m]))',
])('%s has no findings', (expr) => {
  expect(run(expr)).toEqual([]);
});

test('a quantile in the first bucket is constant', () => {
  expect(run(quantile(0.95, 'apiserver_request_sli_duration_seconds'))).toEqual([
    ['warning', 'first-bucket'],
  ]);
  expect(run(quantile(0.5, 'coredns_dns_request_duration_seconds'))).toHaveLength(1);
  expect(run(quantile(0.95, 'apiserver_request_sli_duration_seconds'), 'json')).toEqual([]);
});

test('a quantile above the last bucket is the bound of this bucket', () => {
  expect(run(quantile(0.99, 'http_server_response_body_size_bytes'))).toEqual([
    ['warning', 'last-bucket'],
  ]);
});
