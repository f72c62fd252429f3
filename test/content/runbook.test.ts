import { expect, test } from 'vitest';
import { runbookQueries, runbookSections } from '../../src/content/runbook.js';

const text = `# Shop

\`sum(up)\` before any section is of no alert.

## ShopDown

**Meaning.** It does not answer.
**Impact.** Nobody buys.
**Diagnosis.** \`up{job="shop"}\` and \`kubectl -n shop get pods\`.

## ShopSlow

**Diagnosis.** \`(rate(shop_seconds_sum[5m]) / 2)\`, then \`shop_queue_length_max\`.
`;

test('the queries of a runbook have their alert and line', () => {
  expect(runbookQueries(text)).toEqual([
    { alert: 'ShopDown', expr: 'up{job="shop"}', line: 9 },
    { alert: 'ShopSlow', expr: '(rate(shop_seconds_sum[5m]) / 2)', line: 13 },
    { alert: 'ShopSlow', expr: 'shop_queue_length_max', line: 13 },
  ]);
  expect(runbookSections(text).map(({ alert }) => alert)).toEqual(['ShopDown', 'ShopSlow']);
});

const isQuery = (code: string): boolean => runbookQueries(`## A\n\`${code}\``).length === 1;

test.each([
  'up == 0',
  'sum by (pod) (rate(shop_orders[5m]))',
  'topk(5, shop_size)',
  'histogram_quantile(0.9, shop_seconds_bucket)',
  '{__name__=~"shop_.*"} > 0',
  'shop:orders:rate5m',
  'shop{node="NODE"}',
  // The text is invalid, and the check `promql` reports it.
  'sum by (pod) (rate(shop_orders[5m])',
])('a text that starts like PromQL is a query: %s', (code) => {
  expect(isQuery(code)).toBe(true);
});

test.each([
  "prometheus: { volume: '200Gi' }",
  'kubectl get pods',
  'kubectl get --raw /metrics | grep apiserver_flowcontrol_current_inqueue_requests',
  "awk '{print $4}'",
  'time crictl ps -a | wc -l',
  'eviction_signal',
  'namespace',
  'systemReserved',
  "without('ShopDown', 'it is planned')",
  'http://localhost:9115/probe?target=URL&module=http_200',
  '/var/lib/kubelet',
  'deployment/shop',
])('other texts are no queries: %s', (code) => {
  expect(isQuery(code)).toBe(false);
});
