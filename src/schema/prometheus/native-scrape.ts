import { z } from 'zod';
import { allowed } from '../allowed.js';
import { discoveries } from './engine.js';
import { prometheusType } from './type.js';

const byOption = (name: string): string => `nothing: the option ${name} of metrics() sets it`;
const byEndpoint = (name: string): string => `nothing: ${name} of the endpoint sets it`;

/** The fields that other options set, each with the text of the remedy. */
const elsewhere: Readonly<Record<string, string>> = {
  ...Object.fromEntries(
    discoveries.map((name) => [
      name,
      'nothing: the workload of the party says where the targets are',
    ]),
  ),
  scheme: byEndpoint('scheme'),
  metrics_path: 'nothing: the path is the first argument of metrics()',
  params: byOption('query'),
  scrape_interval: byOption('interval'),
  scrape_timeout: byOption('timeout'),
  fallback_scrape_protocol: byOption('fallbackProtocol'),
  honor_labels: byOption('honorLabels'),
  honor_timestamps: byOption('honorTimestamps'),
  sample_limit: byOption('sampleLimit'),
  relabel_configs: byOption('targetRelabel'),
  metric_relabel_configs: byOption('sampleRelabel'),
  scrape_native_histograms: byOption('nativeHistograms'),
  metric_name_escaping_scheme: byOption('nameEscaping'),
  basic_auth: byEndpoint('authentication'),
  authorization: byEndpoint('authentication'),
  oauth2: 'nothing: use prometheus.scrapeConfigs, where loginAt says where the token server is',
  scrape_failure_log_file: 'nothing: the targets page of Prometheus shows why a scrape fails',
};

/** Fields of Prometheus's scrape configuration that no other option of a metrics page sets. */
export const nativeScrape = (
  reference: z.ZodType,
): z.ZodType<Record<string, unknown>, Record<string, unknown>> => {
  const job = z.lazy(() =>
    prometheusType(reference, { 'config.ScrapeConfig': { refused: elsewhere } })(
      'config.ScrapeConfig',
    ),
  );
  return z
    .record(z.string(), z.unknown(), { error: 'fields such as { label_limit: 40 }' })
    .superRefine((value, context) => {
      const { error } = job.safeParse(
        { job_name: 'native', ...value },
        { error: allowed, jitless: true },
      );
      for (const issue of error?.issues ?? []) context.addIssue({ ...issue } as never);
      if (!('job_name' in value)) return;
      const message = byOption('scrapeJob');
      context.addIssue({ code: 'custom', path: ['job_name'], message, input: value.job_name });
    });
};
