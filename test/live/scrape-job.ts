import { expect } from 'vitest';
import { parse } from 'yaml';
import type { KubernetesObject } from '../../src/model/manifest.js';
import type { ScrapeJob } from '../../src/model/scrape-job.js';
import { find } from './shipped.js';

/** The shipped configuration of Prometheus. */
export const prometheusConfiguration = (objects: readonly KubernetesObject[]) =>
  parse(find(objects, 'ConfigMap', 'crowsnest-prometheus-config').data['prometheus.yml']) as {
    global: { scrape_interval: string };
    alerting: { alertmanagers: object[] };
    scrape_configs: ScrapeJob[];
    [key: string]: unknown;
  };

/** A shipped scrape job. */
export const shippedJob = (objects: readonly KubernetesObject[], name: string): ScrapeJob => {
  const job = prometheusConfiguration(objects).scrape_configs.find(
    ({ job_name }) => job_name === name,
  );
  if (!job) throw new Error(`There is no scrape job ${name}.`);
  return job;
};

/** A shipped job with an address instead of discovery, which needs a cluster. */
export const jobAt = (
  objects: readonly KubernetesObject[],
  name: string,
  target: string,
  labels: Readonly<Record<string, string>> = {},
): ScrapeJob => {
  const { kubernetes_sd_configs, relabel_configs, ...rest } = shippedJob(objects, name);
  expect([kubernetes_sd_configs, relabel_configs]).not.toContain(undefined);
  const often = { scrape_interval: '1s' };
  return { ...rest, ...often, static_configs: [{ targets: [target], labels }] };
};
