import { authenticationConfig, tlsConfig } from '../../model/client-config.js';
import { connectionsFor } from '../../model/connection.js';
import { quantityValue } from '../../model/quantity.js';
import { withFiles } from '../../model/secret-file.js';
import type { Outgoing, Wiring } from '../../model/wiring.js';
import type { PrometheusConfig } from './file.js';
import type { PrometheusOptions } from './options.js';

/**
 * Ratio of Prometheus's volume for samples. The rest is for the write-ahead log, a running
 * compaction, and the file system.
 */
export const shareForSamples = 0.8;

/** Prometheus's configuration. */
export const prometheusConfig = (
  {
    size,
    retention,
    scrapeInterval,
    scrapeConfigs = [],
    externalLabels,
    queryLog,
  }: PrometheusOptions,
  { setting, scrapeJobs, alertmanagers, outgoing }: Wiring,
  ruleFiles: readonly string[],
): PrometheusConfig => {
  const remoteWrite = connectionsFor(outgoing, 'remote-write').map(remoteWriteOf);
  return {
    global: {
      scrape_interval: scrapeInterval,
      evaluation_interval: scrapeInterval,
      external_labels: {
        cluster: setting.cluster,
        ...externalLabels,
        // Prometheus replaces the variable with its value.
        ...(size.replicas > 1 ? { replica: '${POD_NAME}' } : {}),
      },
      // Limits against a faulty target; each job also has a limit of samples.
      label_limit: 64,
      label_name_length_limit: 256,
      label_value_length_limit: 4096,
      target_limit: 10_000,
      keep_dropped_targets: 100,
      // Exposes the sample limit and the timeout of each target, for the alerts about both.
      extra_scrape_metrics: true,
      // Not a file on the volume: Prometheus never truncates it.
      ...(queryLog && { query_log_file: '/dev/stdout' }),
    },
    storage: {
      tsdb: {
        // Without a time, this block would mean no limit by time.
        retention: { time: retention, size: retentionSize(size.volume) },
      },
      exemplars: { max_exemplars: 100_000 },
    },
    rule_files: ruleFiles,
    ...(alertmanagers.length > 0 && {
      alerting: {
        // Replicas send the same alerts, and Alertmanager deduplicates alerts with equal labels.
        ...(size.replicas > 1 && {
          alert_relabel_configs: [{ regex: 'replica', action: 'labeldrop' }],
        }),
        alertmanagers,
      },
    }),
    scrape_configs: [...scrapeJobs, ...scrapeConfigs.map(jobOf)],
    ...(remoteWrite.length > 0 ? { remote_write: remoteWrite } : {}),
  };
};

/** In Prometheus's units, which are powers of two with decimal names. */
const retentionSize = (volume: string): string =>
  `${Math.floor((quantityValue(volume) * shareForSamples) / 2 ** 20)}MB`;

const remoteWriteOf = ({ provider, endpoint, url }: Outgoing) => ({
  name: provider.party,
  url,
  send_exemplars: true,
  send_native_histograms: true,
  ...authenticationConfig(endpoint),
  ...tlsConfig(endpoint),
});

type Job = NonNullable<PrometheusConfig['scrape_configs']>[number];

/** A native job, which reads its secrets from files. */
const jobOf = ({ config }: { readonly config: unknown }): Job => withFiles(config) as Job;
