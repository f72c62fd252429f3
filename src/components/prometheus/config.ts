import { authenticationConfig, tlsConfig } from '../../model/client-config.js';
import { connectionsFor } from '../../model/connection.js';
import { quantityValue } from '../../model/quantity.js';
import { withFiles } from '../../model/secret-file.js';
import type { Outgoing, Wiring } from '../../model/wiring.js';
import type { PrometheusConfig } from './file.js';
import type { NativeSettings, PrometheusOptions } from './options.js';
import { otlpSections } from './otlp.js';

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
    otlp,
    native: { sections, remoteWrite: written, remoteRead: read, alertmanagers: outside } = none,
  }: PrometheusOptions,
  { setting, scrapeJobs, alertmanagers, outgoing }: Wiring,
  ruleFiles: readonly string[],
): PrometheusConfig => {
  const native = sections as PrometheusConfig;
  const own = [...written, ...read].map(({ party }) => party);
  const ofParties = (capability: 'remote-write' | 'remote-read') =>
    connectionsFor(outgoing, capability).filter(({ provider }) => !own.includes(provider.party));
  const remoteWrite = [
    ...written.map(({ config }) => ({ ...sending, ...config })),
    ...ofParties('remote-write').map((one) => serverOf(one, sending)),
  ];
  const remoteRead = [
    ...read.map(({ config }) => config),
    ...ofParties('remote-read').map((one) => serverOf(one)),
  ];
  const received = otlp && otlpSections(otlp);
  const receivers = [...alertmanagers, ...outside];
  const relabelling = [
    // Replicas send the same alerts, and Alertmanager deduplicates alerts with equal labels.
    ...(size.replicas > 1 ? [{ regex: 'replica', action: 'labeldrop' }] : []),
    ...(native.alerting?.alert_relabel_configs ?? []),
  ];
  return {
    ...native,
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
      ...native.global,
    },
    storage: {
      tsdb: {
        ...received?.tsdb,
        ...native.storage?.tsdb,
        // Without a time, this block would mean no limit by time.
        retention: { time: retention, size: retentionSize(size.volume) },
      },
      exemplars: { max_exemplars: 100_000, ...native.storage?.exemplars },
    },
    ...(received && { otlp: received.otlp }),
    rule_files: ruleFiles,
    ...(receivers.length > 0 && {
      alerting: {
        ...(relabelling.length > 0 && { alert_relabel_configs: relabelling }),
        alertmanagers: receivers,
      },
    }),
    scrape_configs: [...scrapeJobs, ...scrapeConfigs.map(jobOf)],
    ...(remoteWrite.length > 0 ? { remote_write: remoteWrite } : {}),
    ...(remoteRead.length > 0 ? { remote_read: remoteRead } : {}),
  };
};

/** In Prometheus's units, which are powers of two with decimal names. */
const retentionSize = (volume: string): string =>
  `${Math.floor((quantityValue(volume) * shareForSamples) / 2 ** 20)}MB`;

const none: NativeSettings = {
  sections: {},
  remoteWrite: [],
  remoteRead: [],
  alertmanagers: [],
  readAtStart: [],
  env: {},
};

/** What is sent unless an entry of `remoteWrite` states otherwise. */
const sending = { send_exemplars: true, send_native_histograms: true };

const serverOf = ({ provider, endpoint, url }: Outgoing, more: object = {}) => ({
  name: provider.party,
  url,
  ...more,
  ...authenticationConfig(endpoint),
  ...tlsConfig(endpoint),
});

type Job = NonNullable<PrometheusConfig['scrape_configs']>[number];

/** A native job, which reads its secrets from files. */
const jobOf = ({ config }: { readonly config: unknown }): Job => withFiles(config) as Job;
