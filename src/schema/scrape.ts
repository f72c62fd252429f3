import { z } from 'zod';
import { duration, labelName, regex, size, text } from './format.js';
import { httpClient, refused, type SecretField } from './http-client.js';

// https://prometheus.io/docs/prometheus/latest/configuration/configuration/, and config/config.go
// and model/relabel/relabel.go of Prometheus 3.14.

const sourceLabels = z.array(labelName).min(1);
const separator = z.string().optional();

/** A step of relabelling; what an action needs beside its name differs. */
export const relabelStep = z.discriminatedUnion('action', [
  z.strictObject({
    action: z.literal('replace').default('replace'),
    source_labels: sourceLabels.optional(),
    separator,
    regex: regex.optional(),
    target_label: labelName,
    replacement: z.string().optional(),
  }),
  z.strictObject({
    action: z.enum(['keep', 'drop']),
    source_labels: sourceLabels,
    separator,
    regex,
  }),
  z.strictObject({
    action: z.enum(['keepequal', 'dropequal']),
    source_labels: sourceLabels,
    target_label: labelName,
  }),
  z.strictObject({
    action: z.enum(['lowercase', 'uppercase']),
    source_labels: sourceLabels,
    separator,
    target_label: labelName,
  }),
  z.strictObject({
    action: z.literal('hashmod'),
    source_labels: sourceLabels,
    separator,
    target_label: labelName,
    modulus: z.int().min(1),
  }),
  z.strictObject({
    action: z.literal('labelmap'),
    regex,
    replacement: z
      .string({ error: "a label name, with '$1' for what the regular expression captured" })
      .regex(/^(?:[a-zA-Z_]|\$\{?\w+\}?)(?:\w|\$\{?\w+\}?)*$/)
      .optional(),
  }),
  z.strictObject({ action: z.enum(['labeldrop', 'labelkeep']), regex }),
]);

/** Targets that a configuration lists itself. */
export const staticTargets = z
  .array(
    z.strictObject({
      targets: z.array(text).min(1),
      labels: z.record(labelName, z.string()).optional(),
    }),
  )
  .min(1);

export const count = z.int().min(1);
export const scheme = z.enum(['http', 'https']);
export const metricsPath = z.string({ error: "a path such as '/metrics'" }).regex(/^\//);

const flag = z.boolean().optional();
const positive = z
  .string({ error: "a duration above zero such as '30s' or '1m'" })
  .regex(/[1-9]/)
  .refine((value) => duration.safeParse(value).success)
  .optional();

const protocol = z.enum([
  'PrometheusProto',
  'PrometheusText0.0.4',
  'PrometheusText1.0.0',
  'OpenMetricsText0.0.1',
  'OpenMetricsText1.0.0',
]);

/** Resolves names to addresses, of which the port is written beside. */
const byName = z.strictObject({
  names: z
    .array(
      z.string({ error: "a host name such as 'db.example.com'" }).regex(/^[\w-]+(?:\.[\w-]+)*\.?$/),
    )
    .min(1),
  type: z.enum(['A', 'AAAA'], {
    error: "'A' or 'AAAA': the ports that others tell are not known here",
  }),
  port: z.int().min(1).max(65535),
  refresh_interval: positive,
});

// What they find, and so what would have to be open, is known in the cluster alone.
const discoveries =
  `aws azure consul digitalocean docker dockerswarm ec2 ecs elasticache eureka file gce hetzner http
  ionos kuma lightsail linode marathon msk nerve nomad oci openstack outscale ovhcloud puppetdb rds scaleway
  serverset stackit triton uyuni vultr`.split(/\s+/);

const unknownTargets = refused(
  'nothing: what it finds is not known here, so nothing could be opened for it. List the targets in static_configs, or their names in dns_sd_configs',
);

const refusedFields = (): Record<string, typeof unknownTargets> => ({
  kubernetes_sd_configs: refused(
    "nothing: declare the application as a party, whose pods are found by their labels: parties: [{ name, workloads: { web: { kind: 'pods', … } }, … }]",
  ),
  ...Object.fromEntries(discoveries.map((name) => [`${name}_sd_configs`, unknownTargets])),
  scrape_failure_log_file: refused('nothing: why a scrape fails stands on the page of its target'),
});

/** The fields of a scrape config, with secrets as `secret` has them. */
export const scrapeFields = <S extends z.ZodType>(secret: SecretField<S>) => ({
  job_name: z.string({ error: 'a name with a letter or a digit' }).regex(/[a-zA-Z0-9]/),
  scheme: scheme.default('http'),
  metrics_path: metricsPath.default('/metrics'),
  params: z.record(z.string(), z.array(z.string()).min(1)).optional(),
  scrape_interval: positive,
  scrape_timeout: positive,
  honor_labels: flag,
  honor_timestamps: flag,
  track_timestamps_staleness: flag,
  scrape_protocols: z
    .array(protocol)
    .min(1)
    .refine((all) => new Set(all).size === all.length, { error: 'protocols, each once' })
    .optional(),
  fallback_scrape_protocol: protocol.optional(),
  scrape_native_histograms: flag,
  always_scrape_classic_histograms: flag,
  convert_classic_histograms_to_nhcb: flag,
  native_histogram_bucket_limit: count.optional(),
  native_histogram_min_bucket_factor: z
    .number({ error: 'a number of at least 1' })
    .min(1)
    .optional(),
  metric_name_validation_scheme: z.enum(['utf8', 'legacy']).optional(),
  metric_name_escaping_scheme: z.enum(['allow-utf-8', 'underscores', 'dots', 'values']).optional(),
  extra_scrape_metrics: flag,
  enable_compression: flag,
  sample_limit: count.default(5000),
  body_size_limit: size.default('20MB'),
  target_limit: count.optional(),
  label_limit: count.optional(),
  label_name_length_limit: count.optional(),
  label_value_length_limit: count.optional(),
  keep_dropped_targets: count.optional(),
  ...httpClient(secret, { insecure_skip_verify: z.literal(true).optional() }),
  static_configs: staticTargets.optional(),
  dns_sd_configs: z.array(byName).min(1).optional(),
  relabel_configs: z.array(relabelStep).optional(),
  metric_relabel_configs: z.array(relabelStep).optional(),
  ...(refusedFields() as object),
});

/** Names that are not taken as UTF-8 are not asked for as such either. */
export const escaping = (
  fields: {
    readonly metric_name_validation_scheme?: string;
    readonly metric_name_escaping_scheme?: string;
  },
  context: z.RefinementCtx,
): void => {
  if (fields.metric_name_validation_scheme !== 'legacy') return;
  if (fields.metric_name_escaping_scheme !== 'allow-utf-8') return;
  context.addIssue({
    code: 'custom',
    path: ['metric_name_escaping_scheme'],
    message: "'underscores', 'dots' or 'values': legacy names have no other characters",
    input: fields.metric_name_escaping_scheme,
  });
};
