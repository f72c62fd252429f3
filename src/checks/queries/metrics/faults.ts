import type { FaultKinds, FoundFault } from '../../../model/fault.js';

export const faults = {
  'unknown-metric': {
    what: 'No scrape job and no recording rule has this metric.',
    why: 'The query returns nothing: the alert never fires, the panel stays empty.',
    example: 'expr: node_memory_MemAvailable == 0   # the metric is node_memory_MemAvailable_bytes',
    fix: 'Use a metric that exists, or declare it where it is offered.',
  },
  'undeclared-metrics': {
    what: 'The metric may not exist: the application that offers it does not declare its metrics.',
    why: 'If it does not exist, the alert never fires and the panel stays empty.',
    example: "offers: [metrics('/metrics')]   // and a query uses shop_orders_total",
    fix: "Declare its metrics: metrics('/metrics', { declares: { … } }).",
    severity: 'warning',
  },
  'recorded-metric': {
    what: 'A recording rule has the name of a metric that a scrape job stores.',
    why: 'Every query of the name gets both: the series of the job, and those of the rule.',
    example: 'record: kube_pod_info\nexpr: sum by (pod) (up)',
    fix: 'Give the rule a name of its own, in the form level:metric:operations.',
  },
  'unknown-pattern': {
    what: 'No metric has a name that matches this pattern.',
    why: 'The query returns nothing.',
    example: '{__name__=~"shpo_.*"}',
    fix: 'Use a pattern that matches metrics that exist.',
  },
  'one-release-only': {
    what: 'Only one of the supported Kubernetes releases has this metric.',
    why: 'The query returns nothing on clusters of the other release.',
    example: 'expr: rate(apiserver_cache_list_total[5m]) > 0   # which 1.37 does not have',
    fix: "Add the metric of the other release with 'or'.",
    severity: 'warning',
  },
  'missing-label': {
    what: 'The series do not have a label that the query uses.',
    why: 'The query returns nothing, or groups everything into one series.',
    example: 'sum by (pdo) (container_memory_working_set_bytes)',
    fix: 'Use a label that the series have.',
  },
  'lost-bucket-label': {
    what: "The buckets do not have the label 'le' any more.",
    why: 'No quantile can be calculated without it.',
    example: 'histogram_quantile(0.9, sum(rate(shop_seconds_bucket[5m])))',
    fix: 'Keep it: sum by (le, …) (rate(…_bucket[5m])).',
  },
  'raw-counter': {
    what: 'The value of a counter is compared directly.',
    why: 'It counts since the start of its process, and says nothing about now.',
    example: 'shop_errors_total > 5',
    fix: 'Compare its increase or its rate.',
    severity: 'warning',
  },
  'rate-of-gauge': {
    what: 'A rate is calculated of a gauge.',
    why: 'Every decrease of the gauge counts as a restart of its process.',
    example: 'rate(node_memory_MemFree_bytes[5m])',
    fix: 'Use delta() or deriv().',
    severity: 'warning',
  },
  'delta-of-counter': {
    what: 'A difference is calculated of a counter.',
    why: 'It is wrong across every restart of the process.',
    example: 'delta(shop_orders_total[5m])',
    fix: 'Use increase() or rate().',
    severity: 'warning',
  },
} satisfies FaultKinds;

export type Result = FoundFault<keyof typeof faults>;
