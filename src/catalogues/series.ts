/**
 * Metrics that Prometheus adds to each scrape; `metric_relabel_configs` do not apply to them.
 * https://prometheus.io/docs/concepts/jobs_instances/#automatically-generated-labels-and-time-series
 */
export const ofEachScrape: ReadonlySet<string> = new Set([
  'up',
  'scrape_duration_seconds',
  'scrape_samples_scraped',
  'scrape_samples_post_metric_relabeling',
  'scrape_series_added',
  // With `extra_scrape_metrics`, which the configuration sets for all jobs.
  'scrape_body_size_bytes',
  'scrape_sample_limit',
  'scrape_timeout_seconds',
]);

/** Whether metrics by the name of their family include a series: also a part of a histogram or a summary. */
export const hasSeries = (metrics: Readonly<Record<string, unknown>>, name: string): boolean =>
  Object.hasOwn(metrics, name) || Object.hasOwn(metrics, name.replace(/_(bucket|sum|count)$/, ''));
