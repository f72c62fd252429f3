import type { FaultKinds, FoundFault } from '../../model/fault.js';

/** Kinds of fault in the objectives of an application, besides those of their schema. */
export const objectiveFaults = {
  'unknown-bucket': {
    what: 'The threshold of the objective is not a bound of the histogram.',
    why: 'A histogram counts only how many events are within the bounds of its buckets. It is a warning if only the default bounds of a library are known, which an application can change.',
    example: "objectives: [latency(99, '300ms', { buckets: [0.1, 0.25, 0.5] })]",
    fix: 'Use a bound of the histogram, or add a bucket to the application and list its bounds in buckets.',
  },
  'unknown-metric': {
    what: 'The application does not declare the metric that the objective counts.',
    why: 'The objective would never have a value, and its alerts would never fire.',
    example:
      "metrics: { port: 9464, declares: { orders_seconds: { type: 'histogram' } } },\nobjectives: [latency(99, '250ms', { of: { histogram: 'order_seconds' } })]",
    fix: 'Use a metric that the application has, or declare this one.',
  },
  'undeclared-metric': {
    what: 'Nothing declares a counter that the objective adds.',
    why: 'A counter without series counts as zero, so a misspelt name is never noticed: the objective would always be met.',
    example:
      "metrics: { port: 9464 },\nobjectives: [availability(99.9, { of: { errors: 'orders_failed_total', total: 'orders_total' } })]",
    fix: 'State the metrics of the application in the option metrics.declares.',
    severity: 'warning',
  },
  'other-type': {
    what: 'The application declares the metric that the objective counts with another type.',
    why: 'The objective would have no value, or one that counts no events.',
    example:
      "metrics: { port: 9464, declares: { orders_waiting: { type: 'gauge' }, orders_total: { type: 'counter' } } },\nobjectives: [availability(99.9, { of: { errors: 'orders_waiting', total: 'orders_total' } })]",
    fix: 'Count a counter or the durations of a histogram, or correct the type.',
  },
  'same-counters': {
    what: 'The failed events of the objective are all its events.',
    why: 'Each event would count as failed, so the alerts would fire whatever happens.',
    example:
      "metrics: { port: 9464 },\nobjectives: [availability(99.9, { of: { errors: 'orders_total', total: 'orders_total' } })]",
    fix: 'Select only the failed events in errors: by their own counter, or by a label.',
  },
  'histogram-suffix': {
    what: 'The name of the histogram ends with a suffix of its series.',
    why: 'The rules add _bucket and _count to the name, and no series would have the result.',
    example:
      "metrics: { port: 9464 },\nobjectives: [latency(99, '250ms', { of: { histogram: 'orders_seconds_bucket' } })]",
    fix: 'Use the name without _bucket, _count or _sum.',
  },
  'other-unit': {
    what: 'The name of the histogram states another unit than the option unit.',
    why: 'The threshold would be a thousand times too long or too short, or no bucket would have it.',
    example:
      "metrics: { port: 9464 },\nobjectives: [latency(99, '300ms', { of: { histogram: 'orders_duration_milliseconds', unit: 'seconds' } })]",
    fix: 'Remove the option unit: by default it is that of the name.',
    severity: 'warning',
  },
  'period-too-long': {
    what: 'The period of the objective is longer than Prometheus keeps data.',
    why: 'The error budget would be that of a shorter time.',
    example:
      "prometheus: { retention: '15d' },\nobjectives: [availability(99.9, { period: '30d' })]",
    fix: 'Use a period that the retention contains, or set a longer retention.',
  },
  'duplicate-objective': {
    what: 'Another objective of the application has the same name.',
    why: 'Both would record the same series.',
    example: 'objectives: [availability(99.9), availability(99.95)]',
    fix: 'Set the option name of one of them.',
  },
} satisfies FaultKinds;

/** A fault in an objective. */
export type ObjectiveFault = FoundFault<keyof typeof objectiveFaults>;
