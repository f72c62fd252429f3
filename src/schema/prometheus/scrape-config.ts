import { z } from 'zod';
import prometheus from '../data/prometheus.js';
import type { EngineValue } from '../engine-value.js';
import { size } from '../format.js';
import { count, discoveries, type engine } from './engine.js';
import { prometheusType } from './type.js';
import { metricsPath, scheme } from './type-rules.js';

const notFound =
  'nothing: synth does not know which targets it discovers, so no network policy can allow them. List the targets in static_configs, or their names in dns_sd_configs';

/** Discovery whose targets are known only in the cluster, and so is what the policies must allow. */
export const unknownTargets: Readonly<Record<string, string>> = {
  ...Object.fromEntries(
    discoveries
      .filter((name) => name !== 'static_configs' && name !== 'dns_sd_configs')
      .map((name) => [name, notFound]),
  ),
  kubernetes_sd_configs:
    "nothing: declare the application as a party, which selects its pods by labels: parties: [{ name, workloads: { web: { kind: 'pods', … } }, … }]",
};

/** A scrape job in native Prometheus configuration. */
export type RawScrapeConfig = EngineValue<typeof engine, 'config.ScrapeConfig'>;

const jobDefaults = {
  scheme: prometheus.defaults['config.ScrapeConfig'].scheme,
  metrics_path: prometheus.defaults['config.ScrapeConfig'].metrics_path,
  sample_limit: 5000,
  body_size_limit: '20MB',
} as const;

/** A limit of a job. 0 is the default of Prometheus, which ours replaces. */
const limited = <Value>(schema: z.ZodType<Value>, none: Value, normally: Value) =>
  z
    .preprocess((value) => (isNone(value, none) ? normally : value), schema)
    .default(normally as never);

const isNone = (value: unknown, none: unknown): boolean => value === none || value === `${none}B`;

/** The types of a scrape job of an environment: only discovery whose targets are known at synth. */
export const rawScrapeTypes = (reference: z.ZodType) =>
  prometheusType(reference, {
    'config.ScrapeConfig': {
      fields: {
        // The party of its targets gets its name from it.
        job_name: z.string({ error: 'a name with a letter or a digit' }).regex(/[a-zA-Z0-9]/),
        scheme: scheme.default(jobDefaults.scheme),
        metrics_path: metricsPath.default(jobDefaults.metrics_path),
        sample_limit: limited(count, 0, jobDefaults.sample_limit),
        body_size_limit: limited(size, '0', jobDefaults.body_size_limit),
      },
      refused: {
        ...unknownTargets,
        scrape_failure_log_file: 'nothing: the targets page of Prometheus shows why a scrape fails',
      },
    },
  });

/** A scrape job of an environment. */
export const rawScrapeConfig = (reference: z.ZodType) =>
  rawScrapeTypes(reference)('config.ScrapeConfig') as z.ZodType<
    RawScrapeConfig & WithDefaults,
    RawScrapeConfig
  >;

/** The defaults of a scrape job. */
export interface WithDefaults {
  readonly scheme: 'http' | 'https';
  readonly metrics_path: string;
  readonly sample_limit: number;
  readonly body_size_limit: string;
}
