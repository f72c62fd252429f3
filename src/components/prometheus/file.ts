import { z } from 'zod';
import { type ConfigFile, yaml } from '../../model/file.js';
import type prometheus from '../../schema/data/prometheus.js';
import type { TypeRules } from '../../schema/engine-schema.js';
import type { FileValue } from '../../schema/file-value.js';
import { duration, path, text } from '../../schema/format.js';
import { discoveries } from '../../schema/prometheus/engine.js';
import { prometheusType } from '../../schema/prometheus/type.js';

const count = z.int().min(1);

/** Limits of all jobs against a faulty target. */
const globalLimits = [
  ...['label_limit', 'label_name_length_limit', 'label_value_length_limit'],
  ...['target_limit', 'keep_dropped_targets'],
];

/** What is always there as we write it. */
const ours: TypeRules = {
  'config.Config': {
    needed: ['global', 'storage', 'rule_files', 'scrape_configs'],
    fields: {
      rule_files: z.array(path).min(1),
      scrape_configs: (of) => z.array(of('config.ScrapeConfig')).min(1),
    },
    // The checks read the jobs that stand there.
    refused: { scrape_config_files: 'nothing: list the jobs in scrape_configs' },
  },
  'config.GlobalConfig': {
    needed: [
      ...['scrape_interval', 'evaluation_interval', 'external_labels', 'extra_scrape_metrics'],
      ...globalLimits,
    ],
    fields: {
      extra_scrape_metrics: z.literal(true),
      ...Object.fromEntries(globalLimits.map((name) => [name, count])),
      // On the volume nothing shortens it.
      query_log_file: z.literal('/dev/stdout'),
    },
  },
  'config.StorageConfig': { needed: ['tsdb', 'exemplars'] },
  'config.TSDBConfig': { needed: ['retention'] },
  'config.TSDBRetentionConfig': { needed: ['time', 'size'] },
  'config.ExemplarsConfig': { needed: ['max_exemplars'], fields: { max_exemplars: count } },
  'config.AlertingConfig': {
    needed: ['alertmanagers'],
    fields: { alertmanagers: (of) => z.array(of('config.AlertmanagerConfig')).min(1) },
  },
  'config.AlertmanagerConfig': { needed: ['scheme'] },
  'config.ScrapeConfig': {
    needed: ['scheme', 'metrics_path', 'sample_limit', 'body_size_limit'],
    fields: { sample_limit: count },
    refinements: [
      (job, context) => {
        if (discoveries.some((name) => ((job[name] ?? []) as unknown[]).length > 0)) return;
        const message = 'a list of targets, or discover them';
        context.addIssue({ code: 'custom', path: ['static_configs'], message });
      },
    ],
  },
  'config.RemoteWriteConfig': {
    needed: ['name', 'send_exemplars', 'send_native_histograms'],
  },
};

type Types = (typeof prometheus)['types'];

export type PrometheusConfig = FileValue<Types, 'config.Config'>;

export const configFolder = '/etc/prometheus/config';

/** Prometheus's configuration file. */
export const configFile: ConfigFile<PrometheusConfig> = {
  kind: 'prometheus-config',
  path: `${configFolder}/prometheus.yml`,
  format: yaml,
  schema: z.lazy(() => prometheusType(undefined, ours)('config.Config')) as never,
  reload: 'itself',
};

/** Names may have any characters, as in Prometheus since version 3, but they are not the name of a metric. */
const labels = z
  .record(
    text.refine((name) => name !== '__name__', { error: "a name other than '__name__'" }),
    z.string(),
  )
  .optional();

/** A rule as Prometheus accepts it; most are alerts, and the first that fits is taken. */
const rule = z.union([
  z.strictObject({
    alert: text,
    expr: text,
    for: duration.optional(),
    keep_firing_for: duration.optional(),
    labels,
    annotations: labels,
  }),
  z.strictObject({ record: text, expr: text, labels }),
]);

/** A file of recording and alerting rules. */
export const ruleFile: ConfigFile<FileValue<Types, 'rulefmt.RuleGroups'>> = {
  kind: 'prometheus-rules',
  path: {
    file: configFile,
    option: 'rule_files',
    extension: '.yaml',
    patterns: (config) => (config as PrometheusConfig).rule_files ?? [],
  },
  format: yaml,
  schema: z.lazy(() =>
    prometheusType(undefined, {}, { 'rulefmt.Rule': rule })('rulefmt.RuleGroups'),
  ) as never,
  reload: 'itself',
  prose: true,
};
