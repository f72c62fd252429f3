import type { LabelSelector } from '../model/label-selector.js';
import type { RelabelStep } from '../model/scrape-job.js';
import { sanitized } from './selector.js';

// How the operator selects and labels the targets of a monitor:
// https://github.com/prometheus-operator/prometheus-operator/blob/v0.85.0/pkg/prometheus/promcfg.go

/** Keeps the targets whose object has the selected labels; `object` is `service` or `pod`. */
export const selectionSteps = (
  { matchLabels = {}, matchExpressions = [] }: LabelSelector,
  object: 'service' | 'pod',
): RelabelStep[] => {
  const [label, present] = ['label', 'labelpresent'].map(
    (kind) => (key: string) => `__meta_kubernetes_${object}_${kind}_${sanitized(key)}`,
  ) as [(key: string) => string, (key: string) => string];
  return [
    ...Object.entries(matchLabels)
      .sort(([a], [b]) => (a < b ? -1 : 1))
      .map(
        ([key, value]): RelabelStep => ({
          source_labels: [label(key), present(key)],
          regex: `(${value});true`,
          action: 'keep',
        }),
      ),
    ...matchExpressions.map(
      ({ key, operator, values = [] }): RelabelStep => ({
        ...(operator === 'In' || operator === 'NotIn'
          ? { source_labels: [label(key), present(key)], regex: `(${values.join('|')});true` }
          : { source_labels: [present(key)], regex: 'true' }),
        action: operator === 'In' || operator === 'Exists' ? 'keep' : 'drop',
      }),
    ),
  ];
};

/** Keeps the targets with a value of a label. */
export const keep = (label: string, regex: string): RelabelStep => ({
  source_labels: [label],
  regex,
  action: 'keep',
});

export const copy = (from: string, to: string): RelabelStep => ({
  source_labels: [from],
  target_label: to,
});

/** Copies a label that has a value. */
export const copyValue = (from: string, to: string): RelabelStep => ({
  source_labels: [from],
  regex: '(.+)',
  target_label: to,
  replacement: '$1',
});

/** Copies labels of the Service or of the pod to the target. */
export const labelSteps = (names: readonly string[], object: 'service' | 'pod'): RelabelStep[] =>
  names.map((name) =>
    copyValue(`__meta_kubernetes_${object}_label_${sanitized(name)}`, sanitized(name)),
  );

/** Drops pods that have ended. */
export const running: RelabelStep = {
  source_labels: ['__meta_kubernetes_pod_phase'],
  regex: '(Failed|Succeeded)',
  action: 'drop',
};

/** In a replacement, `$` starts the name of a group. */
export const set = (label: string, value: string): RelabelStep => ({
  target_label: label,
  replacement: value.replaceAll('$', '$$$$'),
});

/** The name of the scrape job, which steps of a monitor can use. */
export const jobNameSteps = (steps: readonly RelabelStep[]): RelabelStep[] =>
  steps.some(({ source_labels: labels = [] }) => labels.includes(temporaryJobName))
    ? [copy('job', temporaryJobName)]
    : [];

const temporaryJobName = '__tmp_prometheus_job_name';
