import type { FaultKinds, FoundFault } from '../../../model/fault.js';

export const faults = {
  'undefined-recording': {
    what: 'No recording rule records this series.',
    why: 'The query returns nothing: the alert never fires, the panel stays empty.',
    example: 'expr: shop:errors:rtae5m > 0.1   # the rule records shop:errors:rate5m',
    fix: 'Use a series that a rule records, or add the recording rule.',
  },
  'duplicate-rule': {
    what: 'Another rule has the same name and the same labels.',
    why: 'Two alerts with the same labels become one notification, and of two recordings of one series, the values are mixed. It works if the label sets are disjoint.',
    example: '- alert: ShopDown\n  expr: up == 0\n- alert: ShopDown\n  expr: absent(up)',
    fix: 'Rename one of them, remove it, or set a label by which they differ.',
    severity: 'warning',
  },
  'incomplete-alert': {
    what: 'An alert in TypeScript has lost a label or an annotation that its format requires.',
    why: 'Routes and inhibition use its labels; its notification has no text or no link.',
    example: '- alert: JobDown\n  expr: up == 0\n  labels: {}   # without severity',
    fix: 'Restore it: a patch of the environment has removed it. To change an alert, copy its group to your own alerts/.',
  },
  'recording-cycle': {
    what: 'The recording rule depends on itself.',
    why: 'Its value is based on its own earlier value, and never starts.',
    example: '- record: shop:load:sum\n  expr: shop:load:sum + 1',
    fix: 'Break the cycle.',
  },
  'invalid-template': {
    what: 'A template of the rule cannot be parsed, or fails.',
    why: 'Prometheus sends the alert with an error message in place of the text.',
    example: 'summary: "{{ $labels.pod has restarted."',
    fix: 'Correct the template.',
  },
  'lost-label': {
    what: 'A template uses a label that the expression removes.',
    why: 'The text of the alert is empty at this place.',
    example: 'expr: sum by (namespace) (up) == 0\nsummary: "{{ $labels.pod }} is down."',
    fix: 'Keep the label in the expression, or remove it from the template.',
  },
  'value-in-label': {
    what: 'A label of the alert has its value.',
    why: "With each new value it is another alert: one with 'for' never fires, any other is notified again and again.",
    example:
      '- alert: QueueLong\n  expr: up < 2\n  labels: { severity: warning, value: "{{ $value }}" }',
    fix: 'Write the value in an annotation.',
    severity: 'warning',
  },
  'unreachable-quantile': {
    what: 'A quantile is compared with more than the bound of its last bucket.',
    why: 'The comparison is never true, and the alert never fires.',
    example:
      'histogram_quantile(0.99, sum by (le) (rate(coredns_dns_request_duration_seconds_bucket[5m]))) > 10   # the last bucket ends at 8.192',
    fix: 'Compare with a smaller number.',
    severity: 'warning',
  },
  'wrong-unit': {
    what: 'The text of an alert writes its value in another unit than it has.',
    why: 'The number is wrong, such as 9500% for a percentage that is multiplied by 100 twice.',
    example:
      'expr: 100 * sum(node_filesystem_avail_bytes) / sum(node_filesystem_size_bytes) < 5\nsummary: "{{ $value | humanizePercentage }} is free."',
    fix: "Use the function for the unit of the value: humanizePercentage for a share from 0 to 1, humanizeDuration for seconds, humanize1024 for bytes; '%' after a share from 0 to 100.",
  },
} satisfies FaultKinds;

export type Result = FoundFault<keyof typeof faults>;
