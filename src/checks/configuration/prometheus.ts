import { z } from 'zod';
import { duration, labelName, path, regex, size, text, url } from '../../schema/format.js';

// https://prometheus.io/docs/prometheus/latest/configuration/configuration/, as far as we write it.

const sourceLabels = z.array(labelName).min(1);

/** A step of relabelling; what an action needs beside its name differs. */
const relabelStep = z.discriminatedUnion('action', [
  z.strictObject({
    action: z.literal('replace').default('replace'),
    source_labels: sourceLabels.optional(),
    separator: z.string().optional(),
    regex: regex.optional(),
    target_label: labelName,
    replacement: z.string().optional(),
  }),
  z.strictObject({
    action: z.enum(['keep', 'drop']),
    source_labels: sourceLabels,
    separator: z.string().optional(),
    regex,
  }),
  z.strictObject({ action: z.literal('labelmap'), regex, replacement: z.string().optional() }),
  z.strictObject({ action: z.enum(['labeldrop', 'labelkeep']), regex }),
]);

const authentication = {
  authorization: z.strictObject({ type: z.literal('Bearer'), credentials_file: path }).optional(),
  basic_auth: z.strictObject({ username: text, password_file: path }).optional(),
  tls_config: z
    .strictObject({
      ca_file: path.optional(),
      server_name: text.optional(),
      insecure_skip_verify: z.literal(true).optional(),
    })
    .optional(),
};

const discovery = z.strictObject({
  role: z.enum(['pod', 'node', 'endpointslice']),
  namespaces: z.strictObject({ names: z.array(text).min(1) }).optional(),
  selectors: z
    .array(
      z.strictObject({ role: z.enum(['pod', 'node', 'endpointslice', 'service']), label: text }),
    )
    .optional(),
});

const targets = {
  kubernetes_sd_configs: z.array(discovery).min(1).optional(),
  static_configs: z
    .array(
      z.strictObject({
        targets: z.array(text).min(1),
        labels: z.record(labelName, z.string()).optional(),
      }),
    )
    .min(1)
    .optional(),
  relabel_configs: z.array(relabelStep).optional(),
};

const scheme = z.enum(['http', 'https']);
const count = z.int().min(1);

const scrapeJob = z
  .strictObject({
    job_name: text,
    scheme: scheme,
    metrics_path: z.string({ error: "a path such as '/metrics'" }).regex(/^\//),
    scrape_interval: duration.optional(),
    honor_timestamps: z.literal(false).optional(),
    honor_labels: z.literal(true).optional(),
    metric_name_escaping_scheme: z.literal('underscores').optional(),
    params: z.record(z.string(), z.array(z.string()).min(1)).optional(),
    scrape_native_histograms: z.literal(true).optional(),
    always_scrape_classic_histograms: z.literal(true).optional(),
    sample_limit: count,
    body_size_limit: size,
    metric_relabel_configs: z.array(relabelStep).optional(),
    ...authentication,
    ...targets,
  })
  .superRefine((job, context) => {
    if (!job.kubernetes_sd_configs && !job.static_configs) {
      context.addIssue({
        code: 'custom',
        path: ['static_configs'],
        message: 'a list of targets, or discover them',
      });
    }
  });

/** Prometheus's configuration file. */
export const prometheusFile = z
  .strictObject({
    global: z.strictObject({
      scrape_interval: duration,
      evaluation_interval: duration,
      external_labels: z.record(labelName, z.string()),
      label_limit: count,
      label_name_length_limit: count,
      label_value_length_limit: count,
      target_limit: count,
      keep_dropped_targets: count,
    }),
    storage: z.strictObject({
      tsdb: z.strictObject({ retention: z.strictObject({ time: duration, size }) }),
      exemplars: z.strictObject({ max_exemplars: count }),
    }),
    rule_files: z.array(path).min(1),
    alerting: z
      .strictObject({
        alert_relabel_configs: z.array(relabelStep).optional(),
        alertmanagers: z
          .array(
            z.strictObject({
              scheme: scheme,
              path_prefix: z.string().optional(),
              ...authentication,
              ...targets,
            }),
          )
          .min(1),
      })
      .optional(),
    scrape_configs: z.array(scrapeJob).min(1),
    remote_write: z
      .array(
        z.strictObject({
          name: text,
          url,
          send_exemplars: z.literal(true),
          send_native_histograms: z.literal(true),
          ...authentication,
        }),
      )
      .optional(),
  })
  .superRefine(({ scrape_configs: jobs }, context) => {
    jobs.forEach(({ job_name }, index) => {
      if (jobs.findIndex((one) => one.job_name === job_name) < index) {
        context.addIssue({
          code: 'custom',
          path: ['scrape_configs', index, 'job_name'],
          message: 'a name that no other job has',
        });
      }
    });
  });

const severity = z.enum(['critical', 'warning', 'info']);

/** A file of recording and alerting rules. */
export const ruleFile = z.strictObject({
  groups: z.array(
    z.strictObject({
      name: text,
      interval: duration.optional(),
      labels: z.record(labelName, text).optional(),
      rules: z.array(
        // Most are alerts, and the first that fits is taken.
        z.union([
          z.strictObject({
            alert: text,
            expr: text,
            for: duration.optional(),
            keep_firing_for: duration.optional(),
            labels: z.record(labelName, text).and(z.looseObject({ severity, subject: text })),
            annotations: z
              .record(labelName, text)
              .and(z.looseObject({ summary: text, description: text, runbook_url: text })),
          }),
          z.strictObject({
            record: text,
            expr: text,
            labels: z.record(labelName, text).optional(),
          }),
        ]),
      ),
    }),
  ),
});
