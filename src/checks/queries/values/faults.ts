import type { FaultKinds, FoundFault } from '../../../model/fault.js';

export const faults = {
  'quantile-out-of-range': {
    what: 'A quantile is not between 0 and 1.',
    why: 'The result is always infinite.',
    example: 'histogram_quantile(99, sum by (le) (rate(shop_seconds_bucket[5m]))) > 1',
    fix: 'Write it as a share: 0.99.',
  },
  'beyond-buckets': {
    what: 'A quantile is compared with more than the highest bound of its histogram.',
    why: 'The quantile is at most that bound: the alert never fires. Often, the number is in milliseconds and the histogram in seconds.',
    example:
      'histogram_quantile(0.99, sum by (le) (rate(apiserver_request_duration_seconds_bucket{job="apiserver"}[5m]))) > 500',
    fix: 'Compare with a number in the unit of the histogram, below its highest bound.',
  },
  'timestamp-as-duration': {
    what: 'A time is compared with a duration.',
    why: 'The value counts the seconds since 1970: the comparison always has the same result.',
    example: 'kube_job_status_start_time < 3600',
    fix: "Compare the time that has passed since then: 'time() - …'.",
  },
  'unknown-value': {
    what: 'The label never has this value.',
    why: 'The matcher selects nothing: the alert never fires, the panel stays empty.',
    example: 'kube_node_status_condition{condition="Ready", status="True"} == 0',
    fix: 'Use a value that the label can have.',
  },
} satisfies FaultKinds;

export type Result = FoundFault<keyof typeof faults>;
