/** Series of a small stack, by the notation of promtool. */
export const valueSeries: readonly (readonly [series: string, values: string])[] = [
  ['order_seconds_bucket{le="0.5"}', '0+1x20'],
  ['order_seconds_bucket{le="+Inf"}', '0+2x20'],
  ['node_load1{instance="a"}', '1+1x20'],
  ['node_load1{instance="b"}', '2+1x20'],
  ['kube_job_status_start_time{namespace="shop", job_name="report"}', '1764460800x20'],
  ['node_boot_time_seconds{instance="a"}', '1764460800x20'],
  ['prometheus_config_last_reload_success_timestamp_seconds{instance="c"}', '1764460800x20'],
];

/** Quantiles that are no shares: the result is infinite. */
export const wrongQuantiles: readonly string[] = [
  'histogram_quantile(99, sum by (le) (rate(order_seconds_bucket[5m])))',
  'histogram_quantile((99.9), rate(order_seconds_bucket[5m]))',
  'quantile(95, node_load1)',
  'quantile by (instance) (1.5, node_load1)',
  'max(quantile_over_time(50, node_load1[5m]))',
];

/** Quantiles that are shares. */
export const rightQuantiles: readonly string[] = [
  'histogram_quantile(0.99, sum by (le) (rate(order_seconds_bucket[5m])))',
  'histogram_quantile(99 / 100, rate(order_seconds_bucket[5m]))',
  'quantile(1, node_load1)',
  'quantile(0, node_load1)',
  'quantile_over_time(0.5, node_load1[5m])',
];

/** Comparisons of times with durations, and what they always are. */
export const timesCompared: readonly (readonly [expr: string, always: 'true' | 'false'])[] = [
  ['kube_job_status_start_time > 3600', 'true'],
  ['3600 < max by (namespace) (kube_job_status_start_time)', 'true'],
  ['kube_job_status_start_time < 86400', 'false'],
  ['node_boot_time_seconds < 600', 'false'],
  ['600 >= node_boot_time_seconds', 'false'],
  ['prometheus_config_last_reload_success_timestamp_seconds > 3600', 'true'],
];

/** Comparisons of times that have both results. */
export const timesUsed: readonly string[] = [
  'time() - kube_job_status_start_time > 3600',
  'kube_job_status_start_time > 0',
  'kube_job_status_start_time > 1764460000',
  'kube_job_status_start_time % 86400 < 3600',
  'kube_job_status_start_time > time() - 3600',
  'count(node_boot_time_seconds) < 600',
  '(node_boot_time_seconds > bool 0) < 5',
  'time() - max(node_boot_time_seconds) < 600',
];
