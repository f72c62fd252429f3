import type { FaultKinds, FoundFault } from '../../../model/fault.js';

export const faults = {
  'all-dropped': {
    what: 'The relabelling of this job drops every series of its targets.',
    why: 'Only up and the other series that Prometheus adds to each scrape are stored.',
    example:
      "metric_relabel_configs:\n  - { action: drop, source_labels: [__name__], regex: '.*' }",
    fix: 'Drop only the series that are not needed, or remove the job.',
    severity: 'warning',
  },
  'no-metric-name': {
    what: 'The relabelling of this job removes the metric name, which is the label __name__.',
    why: 'Prometheus rejects the whole scrape: up is 0, and no series is stored.',
    example: 'metric_relabel_configs:\n  - { action: labelkeep, regex: job|instance }',
    fix: 'Keep the label __name__: a regular expression of labelkeep must match it, one of labeldrop must not.',
  },
  'targets-dropped': {
    what: 'The declared relabelling of the targets drops all of them, or their address.',
    why: 'Prometheus scrapes nothing for this job.',
    example:
      "offers: [metrics('/metrics', { targetRelabel: [{ action: 'labelkeep', regex: 'job|instance' }] })]",
    fix: 'Keep at least one target, and its label __address__.',
  },
  'same-labels': {
    what: 'Two targets have the same labels.',
    why: 'Their series are the same, so Prometheus mixes the samples of both.',
    example:
      'static_configs:\n  - targets: [db.example.com:9100, cache.example.com:9100]\nrelabel_configs:\n  - { target_label: instance, replacement: db }',
    fix: 'Give each target its own instance, or another label.',
  },
  'duplicate-target': {
    what: 'Two scrape jobs request the same page.',
    why: 'Every series of it is stored twice, and sums count it twice.',
    example:
      'scrape_configs:\n  - job_name: other\n    static_configs: [{ targets: [db.example.com:9100] }]   # as in the job db',
    fix: 'Remove the target from one of them, or keep different metrics in each.',
    severity: 'warning',
  },
  'never-exposed': {
    what: 'The job keeps a metric that its targets do not expose.',
    why: 'The series is never stored.',
    example:
      'metric_relabel_configs:\n  - { action: keep, source_labels: [__name__], regex: kube_no_such_metric }   # of kube-state-metrics',
    fix: 'Remove the name, or correct it.',
  },
  'nothing-written': {
    what: 'The relabelling drops every series before it is sent to this server.',
    why: 'The server receives nothing.',
    example:
      'remote_write:\n  - url: https://mimir.example.com/api/v1/push\n    write_relabel_configs: [{ action: keep, source_labels: [__name__], regex: nod_.* }]',
    fix: 'Keep the series that the server needs, or remove the server.',
  },
  'never-kept': {
    what: 'The scrape job drops a metric that kube-state-metrics is configured to expose.',
    why: 'It costs memory and time of kube-state-metrics, and no query can use it.',
    example: "args: ['--metric-allowlist=^kube_pod_info$,^kube_pod_tolerations$']",
    fix: 'Remove it from --metric-allowlist, or keep it: prometheus.keep.',
    severity: 'warning',
  },
} satisfies FaultKinds;

export type Result = FoundFault<keyof typeof faults>;
