import type { CheckInput } from '../../model/check.js';
import type { Manifest } from '../../model/manifest.js';
import { memoize } from '../../model/memoize.js';
import prometheus from '../../schema/data/prometheus.js';
import { type FileValue, fileValue } from '../../schema/file-value.js';
import { filesOfKind } from './file.js';
import { recordOf } from './untyped.js';

const { types } = prometheus;

/** The configuration of Prometheus; any field may be missing. */
export type PrometheusConfig = FileValue<typeof types, 'config.Config'>;

export type ScrapeConfig = FileValue<typeof types, 'config.ScrapeConfig'>;
export type AlertmanagerConfig = FileValue<typeof types, 'config.AlertmanagerConfig'>;
export type RelabelStep = FileValue<typeof types, 'relabel.Config'>;
export type KubernetesDiscovery = FileValue<typeof types, 'kubernetes.SDConfig'>;

/** The configuration in the parsed content of a file. */
export const prometheusConfig = (value: unknown): PrometheusConfig => configOf(recordOf(value));

const configOf = memoize(
  (value: object): PrometheusConfig => fileValue(types, 'config.Config', value) ?? {},
);

/** The shipped configurations of Prometheus that can be parsed. */
export const prometheusFilesIn = (
  input: CheckInput,
): { readonly manifest: Manifest; readonly config: PrometheusConfig }[] =>
  filesOfKind(input, 'prometheus-config').map(({ value, manifest }) => ({
    manifest,
    config: prometheusConfig(value),
  }));
