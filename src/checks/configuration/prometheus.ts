import { z } from 'zod';
import { seconds } from '../../promql/duration.js';
import { duration, labelName, path, size, text, url } from '../../schema/format.js';
import { fileField, oneLogin } from '../../schema/http-client.js';
import {
  count,
  escaping,
  metricsPath,
  relabelStep,
  scheme,
  scrapeFields,
  staticTargets,
} from '../../schema/scrape.js';

// https://prometheus.io/docs/prometheus/latest/configuration/configuration/, as far as we write it.

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
  static_configs: staticTargets.optional(),
  relabel_configs: z.array(relabelStep).optional(),
};

/** A job, whether it follows from a declaration or was written in Prometheus's own words. */
const scrapeJob = z
  .strictObject({
    ...scrapeFields(fileField),
    scheme,
    metrics_path: metricsPath,
    sample_limit: count,
    body_size_limit: size,
    ...targets,
  })
  .superRefine(oneLogin)
  .superRefine(escaping)
  .superRefine((job, context) => {
    if (![job.kubernetes_sd_configs, job.static_configs, job.dns_sd_configs].some(Boolean)) {
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
  .superRefine(({ global, scrape_configs: jobs }, context) => {
    jobs.forEach(({ job_name, scrape_timeout = '', scrape_interval }, index) => {
      const interval = scrape_interval ?? global.scrape_interval;
      if ((seconds(scrape_timeout) ?? 0) > (seconds(interval) ?? 0)) {
        context.addIssue({
          code: 'custom',
          path: ['scrape_configs', index, 'scrape_timeout'],
          message: `at most ${interval}, the interval of its scrapes`,
        });
      }
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
