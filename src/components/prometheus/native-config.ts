import { z } from 'zod';
import { secretReference } from '../../config/fields.js';
import { seconds } from '../../promql/duration.js';
import type { EngineValue } from '../../schema/engine-value.js';
import { count, type engine } from '../../schema/prometheus/engine.js';
import { prometheusType } from '../../schema/prometheus/type.js';

/** Prometheus marks a series as absent after this many seconds without a sample. */
const lookback = 300;

const limits = [
  ...['label_limit', 'label_name_length_limit', 'label_value_length_limit'],
  ...['target_limit', 'keep_dropped_targets'],
];

/** The sections of prometheus.yml that an environment can set; options of Crowsnest set the others. */
export const nativeConfig = z.lazy(() =>
  prometheusType(secretReference, {
    'config.Config': {
      refused: {
        rule_files: 'nothing: add the rules to alerts/',
        scrape_configs: 'nothing: use the option scrapeConfigs',
        scrape_config_files: 'nothing: use the option scrapeConfigs',
        remote_write: 'nothing: use the option remoteWrite',
        remote_read: 'nothing: use the option remoteRead',
        otlp: 'nothing: use the option otlp',
        tracing: 'nothing: Prometheus sends no spans, and no network policy allows it',
      },
    },
    'config.GlobalConfig': {
      fields: Object.fromEntries(limits.map((name) => [name, count])),
      refused: {
        scrape_interval: 'nothing: use the option scrapeInterval',
        external_labels: 'nothing: use the option externalLabels',
        query_log_file: 'nothing: use the option queryLog',
        scrape_failure_log_file: 'nothing: the targets page of Prometheus shows why a scrape fails',
        extra_scrape_metrics: 'nothing: it is always enabled, for the alerts about targets',
      },
      refinements: [
        ({ evaluation_interval: input }, { addIssue }) => {
          const interval = seconds(`${input ?? '1m'}`) ?? 0;
          if (interval < lookback) return;
          const message =
            'less than 5m: Prometheus then sees no results of rules between evaluations';
          addIssue({ code: 'custom', path: ['evaluation_interval'], message, input });
        },
      ],
    },
    'config.AlertingConfig': {
      refused: { alertmanagers: 'nothing: use the option alertmanagers' },
    },
    'config.ExemplarsConfig': { fields: { max_exemplars: count } },
    'config.TSDBConfig': {
      refused: { retention: 'nothing: use the options retention and volume' },
    },
  })('config.Config'),
) as unknown as z.ZodType<NativeConfig, NativeConfig>;

/** Native sections of prometheus.yml. */
export type NativeConfig = Pick<
  EngineValue<typeof engine, 'config.Config'>,
  'global' | 'storage' | 'runtime' | 'alerting'
>;
