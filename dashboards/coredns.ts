import {
  cluster,
  cores,
  count,
  dashboard,
  labelVariable,
  stat,
  timeSeries,
} from '../src/content/grafana.js';

const all = 'job="coredns", cluster=~"$cluster"';
const here = `${all}, pod=~"$pod"`;
const rate = (metric: string, more = '') => `rate(${metric}{${here}${more}}[$__rate_interval])`;
// CoreDNS does not expose counters of responses that never occurred.
const failed = `(sum(${rate('coredns_dns_responses_total', ', rcode="SERVFAIL"')}) or vector(0)) / (sum(${rate('coredns_dns_responses_total')}) > 0)`;
const mean = (metric: string) =>
  `sum(${rate(`${metric}_sum`)}) / (sum(${rate(`${metric}_count`)}) > 0)`;

export default dashboard({
  title: 'CoreDNS',
  description:
    'Requests, failures, durations, the cache, upstream servers and resource usage of CoreDNS.',
  folder: 'Kubernetes',
  needs: ['coredns'],
  links: ['networking', 'overview'],
  variables: [cluster, labelVariable('pod', `coredns_build_info{${all}}`)],
  rows: [
    {
      title: 'Current state',
      panels: [
        stat({
          title: 'CoreDNS pods up',
          description: 'Pods that Prometheus can scrape. Bad: fewer than the replicas.',
          ...count,
          thresholds: { warning: 1, critical: 0.5 },
          queries: `sum(up{${here}})`,
        }),
        stat({
          title: 'Request rate',
          description: 'Requests per second of all clients. Bad: several times the usual rate.',
          unit: 'reqps',
          queries: `sum(${rate('coredns_dns_requests_total')})`,
        }),
        stat({
          title: 'Failed responses',
          description: 'Share of the responses with the code SERVFAIL. Bad: above 1 %.',
          unit: 'percentunit',
          decimals: 2,
          empty: 'no requests',
          thresholds: { warning: 0.01, critical: 0.05 },
          queries: failed,
        }),
        stat({
          title: 'Panics (24 h)',
          description: 'Go panics that CoreDNS recovered from in 24 hours. Bad: any.',
          ...count,
          thresholds: { critical: 1 },
          queries: `round(sum(increase(coredns_panics_total{${here}}[1d])))`,
        }),
      ],
    },
    {
      title: 'Requests',
      panels: [
        timeSeries({
          title: 'Requests by record type',
          description: 'Bad: an unexpected type.',
          unit: 'reqps',
          queries: { '{{type}}': `sum by (type) (${rate('coredns_dns_requests_total')})` },
        }),
        timeSeries({
          title: 'Responses by code',
          description: 'NXDOMAIN is normal, because clients try each search domain. Bad: SERVFAIL.',
          unit: 'reqps',
          queries: { '{{rcode}}': `sum by (rcode) (${rate('coredns_dns_responses_total')})` },
        }),
        timeSeries({
          title: 'Response time',
          description: 'Mean, and the time below which 99 % of the responses are. Bad: above 1 s.',
          unit: 's',
          empty: 'no requests in this time range',
          queries: {
            mean: mean('coredns_dns_request_duration_seconds'),
            '99th percentile': `histogram_quantile(0.99, sum by (le) (${rate('coredns_dns_request_duration_seconds_bucket')})) > 0`,
          },
        }),
      ],
    },
    {
      title: 'Cache',
      panels: [
        timeSeries({
          title: 'Cache hit ratio',
          description:
            'Share of the requests that the cache answers. Bad: a drop, which increases the requests to upstream servers.',
          unit: 'percentunit',
          max: 1,
          empty: 'no requests in this time range',
          queries: {
            hits: `(sum(${rate('coredns_cache_hits_total')}) or vector(0)) / (sum(${rate('coredns_cache_requests_total')}) > 0)`,
          },
        }),
        timeSeries({
          title: 'Cache entries by type',
          description:
            'Entries in the cache: success are answers, denial are names that do not exist. Bad: at the capacity.',
          unit: 'short',
          queries: { '{{type}}': `sum by (type) (coredns_cache_entries{${here}})` },
        }),
      ],
    },
    {
      title: 'Upstream servers',
      panels: [
        timeSeries({
          title: 'Mean response time of upstream servers',
          description: 'By server. Bad: above 1 s.',
          unit: 's',
          empty: 'no upstream requests in this time range',
          queries: {
            '{{to}}': `sum by (to) (${rate('coredns_proxy_request_duration_seconds_sum')}) / (sum by (to) (${rate('coredns_proxy_request_duration_seconds_count')}) > 0)`,
          },
        }),
        timeSeries({
          title: 'Requests without an available upstream server',
          description: 'Requests while all upstream servers are unhealthy or overloaded. Bad: any.',
          unit: 'cps',
          empty: 'no upstream servers',
          queries: {
            'all unhealthy': `sum(${rate('coredns_forward_healthcheck_broken_total')})`,
            'too many concurrent requests': `sum(${rate('coredns_forward_max_concurrent_rejects_total')})`,
          },
        }),
      ],
    },
    {
      title: 'Process',
      panels: [
        timeSeries({
          title: 'CPU usage by pod',
          description: 'CPU cores in use. Bad: constantly at the CPU limit.',
          ...cores,
          queries: { '{{pod}}': `sum by (pod) (${rate('process_cpu_seconds_total')})` },
        }),
        timeSeries({
          title: 'Memory by pod',
          description: 'Resident memory. Bad: close to the memory limit.',
          unit: 'bytes',
          queries: { '{{pod}}': `max by (pod) (process_resident_memory_bytes{${here}})` },
        }),
      ],
    },
  ],
});
