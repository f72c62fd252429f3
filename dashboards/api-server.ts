import {
  cluster,
  cores,
  count,
  dashboard,
  heatmap,
  labelVariable,
  stat,
  table,
  timeSeries,
} from '../src/content/grafana.js';

const all = 'job="apiserver", cluster=~"$cluster"';
const here = `${all}, instance=~"$instance"`;
const rate = (metric: string, more = '') => `rate(${metric}{${here}${more}}[$__rate_interval])`;
const single = ', verb!~"WATCH|CONNECT"';
const latency = 'apiserver_request_sli_duration_seconds';
/** The first bucket of these histograms contains almost all observations: a quantile shows its bound. */
const mean = (by: string, metric: string, more = '') =>
  `sum by (${by}) (${rate(`${metric}_sum`, more)}) / (sum by (${by}) (${rate(`${metric}_count`, more)}) > 0)`;
const deprecated = `apiserver_requested_deprecated_apis{${here}}`;

export default dashboard({
  title: 'API server',
  description:
    'Requests, errors, durations, deprecated APIs, work queues and resource usage of the Kubernetes API server.',
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
          description: 'API servers that Prometheus can scrape. Bad: fewer than exist.',
          ...count,
          queries: `sum(up{${here}})`,
        }),
        stat({
          title: 'Failed requests (30 min)',
          description: 'Share of the requests with a 5xx status in 30 minutes. Bad: above 1 %.',
          unit: 'percentunit',
          decimals: 2,
          thresholds: { warning: 0.01, critical: 0.05 },
          queries: 'max(apiserver:request_errors:ratio_rate30m{cluster=~"$cluster"})',
        }),
        stat({
          title: 'Slow requests (30 min)',
          description:
            'Share of the requests in 30 minutes that took more than 1 s, or 30 s for LIST. Bad: above 1 %.',
          unit: 'percentunit',
          decimals: 2,
          thresholds: { warning: 0.01, critical: 0.05 },
          // A difference of rates, which can be a little below zero.
          queries: 'clamp_min(max(apiserver:request_slow:ratio_rate30m{cluster=~"$cluster"}), 0)',
        }),
        stat({
          title: 'Request rate',
          description: 'Requests per second of all clients. Bad: several times the usual rate.',
          unit: 'reqps',
          queries: `sum(${rate('apiserver_request_total')})`,
        }),
        stat({
          title: 'Deprecated APIs',
          description:
            'Requested APIs that a later Kubernetes release removes. Bad: any, before an upgrade.',
          ...count,
          thresholds: { warning: 1, critical: 10 },
          queries: `count(max by (group, version, resource) (apiserver_requested_deprecated_apis{${here}, removed_release!=""} == 1)) or vector(0)`,
        }),
      ],
    },
    {
      title: 'Requests',
      panels: [
        timeSeries({
          title: 'Requests by verb',
          description: 'Bad: a constant high rate of LIST.',
          unit: 'reqps',
          queries: { '{{verb}}': `sum by (verb) (${rate('apiserver_request_total')})` },
        }),
        timeSeries({
          title: 'Errors by status',
          description:
            'Responses with status 4xx and 5xx. Bad: 429 and 5xx. 404 and 409 are normal.',
          unit: 'reqps',
          queries: {
            '{{code}}': `sum by (code) (${rate('apiserver_request_total', ', code=~"[45].."')})`,
          },
        }),
        timeSeries({
          title: 'Mean request duration by verb',
          description: 'Without WATCH and CONNECT. Bad: above 1 s. LIST can take longer.',
          unit: 's',
          queries: { '{{verb}}': mean('verb', latency, single) },
        }),
        timeSeries({
          title: 'Requests slower than 1 s by verb',
          description: 'Share of the requests, without WATCH and CONNECT. Bad: above 1 %.',
          unit: 'percentunit',
          width: 8,
          queries: {
            '{{verb}}': `clamp_min(1 - sum by (verb) (${rate(`${latency}_bucket`, `${single}, le="1.0"`)}) / (sum by (verb) (${rate(`${latency}_count`, single)}) > 0), 0)`,
          },
        }),
        heatmap({
          title: 'Distribution of request durations',
          description: 'Requests per second by duration. Bad: a second band above the usual one.',
          unit: 's',
          width: 8,
          queries: `sum by (le) (${rate(`${latency}_bucket`, single)})`,
        }),
        timeSeries({
          title: 'Concurrent requests',
          description:
            'Requests that are executed or wait in a queue. Bad: a constant maximum with waiting requests.',
          unit: 'short',
          softMax: 4,
          width: 8,
          queries: {
            '{{request_kind}}': `sum by (request_kind) (apiserver_current_inflight_requests{${here}})`,
            '{{request_kind}} waiting': `sum by (request_kind) (apiserver_current_inqueue_requests{${here}})`,
          },
        }),
      ],
    },
    {
      title: 'Deprecated APIs and objects',
      panels: [
        table({
          title: 'Requests to deprecated APIs',
          description:
            'Deprecated APIs that clients requested since the API server started. Bad: a removal release that you plan to install, with requests in the last 24 hours.',
          width: 12,
          labels: {
            removed_release: { title: 'Removed in', minWidth: 100 },
            group: 'Group',
            version: 'Version',
            resource: 'Resource',
          },
          empty: 'none',
          columns: {
            'Requests (24 h)': {
              unit: 'short',
              query: `round(sum by (removed_release, group, version, resource) (sum by (instance, group, version, resource, subresource) (increase(apiserver_request_total{${here}}[1d])) * on (instance, group, version, resource, subresource) group_left (removed_release) ${deprecated}))`,
            },
          },
          sortBy: 'Removed in',
        }),
        timeSeries({
          title: 'Stored objects by resource',
          description: 'The ten resources with the most objects. Bad: constant growth.',
          unit: 'short',
          width: 12,
          queries: {
            '{{resource}}': `topk(10, max by (resource) (apiserver_resource_objects{${here}}))`,
          },
        }),
      ],
    },
    {
      title: 'Priority, admission and storage',
      panels: [
        timeSeries({
          title: 'Rejected requests by priority level',
          description: 'Requests that API Priority and Fairness rejects with status 429. Bad: any.',
          unit: 'reqps',
          empty: 'no request was rejected',
          queries: {
            '{{priority_level}} {{reason}}': `sum by (priority_level, reason) (${rate('apiserver_flowcontrol_rejected_requests_total')})`,
          },
        }),
        timeSeries({
          title: 'Mean duration of admission webhooks',
          description: 'By webhook. Bad: above 1 s, because each write waits for it.',
          unit: 's',
          empty: 'no webhook calls in this time range',
          queries: {
            '{{name}}': mean('name', 'apiserver_admission_webhook_admission_duration_seconds'),
          },
        }),
        timeSeries({
          title: 'Mean duration of etcd requests',
          description: 'By operation. Bad: above 100 ms, often because of a slow disk.',
          unit: 's',
          queries: { '{{operation}}': mean('operation', 'etcd_request_duration_seconds') },
        }),
      ],
    },
    {
      title: 'Work queues',
      panels: [
        timeSeries({
          title: 'Work queue depth',
          description:
            'Items that wait, of the ten longest queues of the internal controllers. Bad: a queue that does not shrink.',
          unit: 'short',
          softMax: 4,
          queries: { '{{name}}': `topk(10, sum by (name) (workqueue_depth{${here}}))` },
        }),
        timeSeries({
          title: 'Mean wait time in work queues',
          description: 'The ten slowest queues. Bad: above 1 s.',
          unit: 's',
          queries: { '{{name}}': `topk(10, ${mean('name', 'workqueue_queue_duration_seconds')})` },
        }),
      ],
    },
    {
      title: 'Process',
      panels: [
        timeSeries({
          title: 'Memory by instance',
          description:
            'Resident memory. Bad: a steep increase, often caused by large LIST requests.',
          unit: 'bytes',
          queries: { '{{instance}}': `max by (instance) (process_resident_memory_bytes{${here}})` },
        }),
        timeSeries({
          title: 'CPU usage by instance',
          description: 'CPU cores in use. Bad: all cores of the node.',
          ...cores,
          queries: { '{{instance}}': `sum by (instance) (${rate('process_cpu_seconds_total')})` },
        }),
        timeSeries({
          title: 'Goroutines by instance',
          description: 'Bad: constant growth, which means requests that never end.',
          unit: 'short',
          queries: { '{{instance}}': `max by (instance) (go_goroutines{${here}})` },
        }),
      ],
    },
  ],
});
