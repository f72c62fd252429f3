import type { FaultKinds, FoundFault } from '../../../model/fault.js';

export const faults = {
  'many-series': {
    what: 'The panel shows one value, but the query can return many series.',
    why: 'Grafana shows one of them, or so many values that none can be read.',
    example: "stat({ queries: 'up' })",
    fix: 'Aggregate the series, for example with sum(…), or use a table or bars.',
    severity: 'warning',
  },
  'no-legend': {
    what: 'The query has no legend.',
    why: 'Grafana names its series "Value".',
    example:
      '{ "type": "timeseries", "targets": [{ "refId": "A", "expr": "sum(up)" }] }   // without legendFormat',
    fix: 'Set a legend.',
    severity: 'warning',
  },
  'same-names': {
    what: 'All series of the query have the same name.',
    why: 'Nobody can tell which line is which.',
    example: "timeSeries({ queries: { Pods: 'up' } })",
    fix: 'Use a label in the legend, for example {{node}}, or aggregate.',
    severity: 'warning',
  },
  'constant-column': {
    what: 'The column shows the same number in each row: the number that the query compares with.',
    why: 'A comparison returns its left side, which equals that number.',
    example:
      "table({\n  labels: { pod: 'Pod' },\n  columns: { Restarted: { query: 'max by (pod) (changes(up[1h]) == 1)', unit: 'short' } },\n})",
    fix: "Multiply by the value that the column should show, such as a time, with '* on (…)'.",
    severity: 'warning',
  },
  'ratio-without-traffic': {
    what: 'The ratio is NaN while its divisor is zero.',
    why: 'The panel shows "NaN" and not its text for no data.',
    example: 'sum(rate(shop_errors_total[5m])) / sum(rate(shop_requests_total[5m]))',
    fix: "Compare the divisor with zero, '(… > 0)'.",
    severity: 'warning',
  },
  'quantile-without-traffic': {
    what: 'The quantile is NaN while nothing is observed.',
    why: 'The panel shows "NaN" and not its text for no data.',
    example: 'histogram_quantile(0.9, sum by (le) (rate(shop_seconds_bucket[5m])))',
    fix: "Compare the quantile with zero, '>= 0'.",
    severity: 'warning',
  },
} satisfies FaultKinds;

export type Result = FoundFault<keyof typeof faults>;
