import { shareForSamples } from '../../config/sizing.js';
import { authenticationConfig, tlsConfig } from '../../model/client-config.js';
import { connectionsFor } from '../../model/connection.js';
import { quantityValue } from '../../model/quantity.js';
import { withFiles } from '../../model/secret-file.js';
import type { Outgoing, Wiring } from '../../model/wiring.js';
import { toYaml } from '../../model/yaml.js';
import type { PrometheusOptions } from './options.js';

/** Prometheus's configuration file. */
export const prometheusConfig = (
  { size, retention, scrapeInterval, scrapeConfigs = [], externalLabels }: PrometheusOptions,
  { setting, scrapeJobs, alertmanagers, outgoing }: Wiring,
  ruleFiles: readonly string[],
): string => {
  const remoteWrite = connectionsFor(outgoing, 'remote-write').map(remoteWriteOf);
  return toYaml({
    global: {
      scrape_interval: scrapeInterval,
      evaluation_interval: scrapeInterval,
      external_labels: {
        cluster: setting.cluster,
        ...externalLabels,
        // Prometheus itself puts the variable's value in.
        ...(size.replicas > 1 ? { replica: '${POD_NAME}' } : {}),
      },
      // Against a target gone wrong; each job has a limit of samples beside these.
      label_limit: 64,
      label_name_length_limit: 256,
      label_value_length_limit: 4096,
      target_limit: 10_000,
      keep_dropped_targets: 100,
    },
    storage: {
      tsdb: {
        // A retention block without a time would mean no limit by time.
        retention: { time: retention, size: retentionSize(size.volume) },
      },
      exemplars: { max_exemplars: 100_000 },
    },
    rule_files: ruleFiles,
    ...(alertmanagers.length > 0 && {
      alerting: {
        // Replicas send the same alerts, and Alertmanager takes equal ones for one.
        ...(size.replicas > 1 && {
          alert_relabel_configs: [{ regex: 'replica', action: 'labeldrop' }],
        }),
        alertmanagers,
      },
    }),
    scrape_configs: [...scrapeJobs, ...scrapeConfigs.map(({ config }) => withFiles(config))],
    ...(remoteWrite.length > 0 ? { remote_write: remoteWrite } : {}),
  });
};

/** In Prometheus's units, which are powers of two under decimal names. */
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
