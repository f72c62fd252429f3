import {
  cluster,
  dashboard,
  heatmap,
  labelVariable,
  stat,
  timeSeries,
} from '../src/content/grafana.js';

const all = 'job="apiserver", cluster=~"$cluster"';
const here = `${all}, instance=~"$instance"`;
const rate = (metric: string, more = '') => `rate(${metric}{${here}${more}}[$__rate_interval])`;
const single = ', verb!~"WATCH|CONNECT"';
const quantile = (q: number, by: string, metric: string, more = '') =>
  `histogram_quantile(${q}, sum by (le, ${by}) (${rate(`${metric}_bucket`, more)}))`;

export default dashboard({
  title: 'API server',
  description: 'What clients ask of the Kubernetes API, what fails, how long it takes, and why.',
  folder: 'Kubernetes',
  needs: ['apiserver'],
  links: ['overview', 'control-plane', 'kubelet'],
  variables: [cluster, labelVariable('instance', `apiserver_request_total{${all}}`)],
  rows: [
    {
      title: 'Service level',
      panels: [
        stat({
          title: 'API servers up',
          description: 'Bad: fewer than the control plane has.',
          unit: 'short',
          queries: `sum(up{${here}})`,
        }),
        stat({
          title: 'Requests that fail',
          description: 'Share of server errors in 30 minutes. Bad: above 1 %.',
          unit: 'percentunit',
          decimals: 2,
          thresholds: { warning: 0.01, critical: 0.05 },
          queries: 'max(apiserver:request_errors:ratio_rate30m{cluster=~"$cluster"})',
        }),
        stat({
          title: 'Requests that are slow',
          description: 'Share of those that took longer than they should. Bad: above 1 %.',
          unit: 'percentunit',
          decimals: 2,
          thresholds: { warning: 0.01, critical: 0.05 },
          queries: 'max(apiserver:request_slow:ratio_rate30m{cluster=~"$cluster"})',
        }),
        stat({
          title: 'Requests a second',
          description: 'Of all clients. Bad: a multiple of what is usual.',
          unit: 'reqps',
          queries: `sum(${rate('apiserver_request_total')})`,
        }),
        stat({
          title: 'Deprecated APIs asked for',
          description: 'Kinds that a coming release no longer serves. Bad: any before an upgrade.',
          unit: 'short',
          thresholds: { warning: 1, critical: 10 },
          queries: `count(max by (group, version, resource) (apiserver_requested_deprecated_apis{${here}} == 1)) or vector(0)`,
        }),
      ],
    },
    {
      title: 'Requests',
      panels: [
        timeSeries({
          title: 'Requests by verb',
          description: 'What is asked. Bad: a client that lists without an end.',
          unit: 'reqps',
          queries: { '{{verb}}': `sum by (verb) (${rate('apiserver_request_total')})` },
        }),
        timeSeries({
          title: 'Errors by code',
          description: 'Answers from 400 on. Bad: 429, 500 and above; 409 and 404 are usual.',
          unit: 'reqps',
          queries: {
            '{{code}}': `sum by (code) (${rate('apiserver_request_total', ', code=~"[45].."')})`,
          },
        }),
        timeSeries({
          title: 'Time by verb',
          description: '99 of 100 requests are faster. Bad: above 1 s; lists may take longer.',
          unit: 's',
          queries: {
            '{{verb}}': quantile(0.99, 'verb', 'apiserver_request_sli_duration_seconds', single),
          },
        }),
        heatmap({
          title: 'Time of requests',
          description: 'How many took how long. Bad: a second band above the usual one.',
          unit: 's',
          width: 12,
          queries: `sum by (le) (${rate('apiserver_request_sli_duration_seconds_bucket', single)})`,
        }),
        timeSeries({
          title: 'In flight',
          description: 'Requests that are worked on. Bad: at a plateau: others must wait.',
          unit: 'short',
          width: 12,
          queries: {
            '{{request_kind}}': `sum by (request_kind) (apiserver_current_inflight_requests{${here}})`,
            'waiting, {{request_kind}}': `sum by (request_kind) (apiserver_current_inqueue_requests{${here}})`,
          },
        }),
      ],
    },
    {
      title: 'Priority, admission and storage',
      panels: [
        timeSeries({
          title: 'Requests turned away',
          description: 'By priority and fairness. Bad: any: a client is answered with 429.',
          unit: 'reqps',
          queries: {
            '{{priority_level}} {{reason}}': `sum by (priority_level, reason) (${rate('apiserver_flowcontrol_rejected_requests_total')})`,
          },
        }),
        timeSeries({
          title: 'Admission webhooks',
          description: '99 of 100 calls are faster. Bad: above 1 s: each write waits for them.',
          unit: 's',
          queries: {
            '{{name}}': quantile(
              0.99,
              'name',
              'apiserver_admission_webhook_admission_duration_seconds',
            ),
          },
        }),
        timeSeries({
          title: 'Time of etcd',
          description: '99 of 100 requests to etcd are faster. Bad: above 100 ms: a slow disk.',
          unit: 's',
          queries: {
            '{{operation}}': quantile(0.99, 'operation', 'etcd_request_duration_seconds'),
          },
        }),
        timeSeries({
          title: 'Objects stored',
          description: 'The ten kinds with most objects. Bad: one that only grows.',
          unit: 'short',
          queries: {
            '{{resource}}': `topk(10, max by (resource) (apiserver_resource_objects{${here}}))`,
          },
        }),
      ],
    },
    {
      title: 'Process',
      panels: [
        timeSeries({
          title: 'Memory',
          description: 'Resident memory. Bad: a steep line, as large lists cause.',
          unit: 'bytes',
          queries: { '{{instance}}': `max by (instance) (process_resident_memory_bytes{${here}})` },
        }),
        timeSeries({
          title: 'CPU',
          description: 'Cores in use. Bad: all of the node.',
          unit: 'short',
          queries: { '{{instance}}': `sum by (instance) (${rate('process_cpu_seconds_total')})` },
        }),
        timeSeries({
          title: 'Goroutines',
          description: 'Bad: a line that only grows: requests that never end.',
          unit: 'short',
          queries: { '{{instance}}': `max by (instance) (go_goroutines{${here}})` },
        }),
      ],
    },
  ],
});
