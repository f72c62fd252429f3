import { cluster, dashboard, labelVariable, stat, timeSeries } from '../src/content/grafana.js';

const all = 'job="coredns", cluster=~"$cluster"';
const here = `${all}, pod=~"$pod"`;
const rate = (metric: string, more = '') => `rate(${metric}{${here}${more}}[$__rate_interval])`;
// A name server that never failed does not count failures.
const failed = `(sum(${rate('coredns_dns_responses_total', ', rcode="SERVFAIL"')}) or vector(0)) / sum(${rate('coredns_dns_responses_total')})`;

export default dashboard({
  title: 'CoreDNS',
  description: 'Whether names are resolved: requests, failures, the cache and servers upstream.',
  folder: 'Kubernetes',
  needs: ['coredns'],
  links: ['networking', 'overview'],
  variables: [cluster, labelVariable('pod', `coredns_build_info{${all}}`)],
  rows: [
    {
      title: 'Now',
      panels: [
        stat({
          title: 'Servers up',
          description: 'Bad: one alone, or fewer than usual.',
          unit: 'short',
          thresholds: { warning: 2, critical: 1 },
          queries: `sum(up{${here}})`,
        }),
        stat({
          title: 'Requests a second',
          description: 'Of all clients. Bad: a multiple of what is usual.',
          unit: 'reqps',
          queries: `sum(${rate('coredns_dns_requests_total')})`,
        }),
        stat({
          title: 'Failed',
          description: 'Share that was answered with SERVFAIL. Bad: above 1 %.',
          unit: 'percentunit',
          decimals: 2,
          thresholds: { warning: 0.01, critical: 0.05 },
          queries: failed,
        }),
        stat({
          title: 'Panics',
          description: 'Times that the server caught itself falling. Bad: any.',
          unit: 'short',
          thresholds: { critical: 1 },
          queries: `sum(coredns_panics_total{${here}})`,
        }),
      ],
    },
    {
      title: 'Requests',
      panels: [
        timeSeries({
          title: 'Requests by type',
          description: 'What clients look up. Bad: a type that nobody expects.',
          unit: 'reqps',
          queries: { '{{type}}': `sum by (type) (${rate('coredns_dns_requests_total')})` },
        }),
        timeSeries({
          title: 'Answers by code',
          description: 'NXDOMAIN is usual: search paths are tried one by one. Bad: SERVFAIL.',
          unit: 'reqps',
          queries: { '{{rcode}}': `sum by (rcode) (${rate('coredns_dns_responses_total')})` },
        }),
        timeSeries({
          title: 'Time to answer',
          description: '50, 90 and 99 of 100 are faster. Bad: 99 above 100 ms.',
          unit: 's',
          queries: Object.fromEntries(
            [50, 90, 99].map((percent) => [
              `${percent} %`,
              `histogram_quantile(${percent / 100}, sum by (le) (${rate('coredns_dns_request_duration_seconds_bucket')}))`,
            ]),
          ),
        }),
      ],
    },
    {
      title: 'Cache and upstream',
      panels: [
        timeSeries({
          title: 'Answered from the cache',
          description: 'Share of requests. Bad: a fall: upstream has to do the work.',
          unit: 'percentunit',
          max: 1,
          queries: {
            hits: `sum(${rate('coredns_cache_hits_total')}) / sum(${rate('coredns_cache_requests_total')})`,
          },
        }),
        timeSeries({
          title: 'Time of servers upstream',
          description: '99 of 100 answers are faster, by server. Bad: above 1 s.',
          unit: 's',
          queries: {
            '{{to}}': `histogram_quantile(0.99, sum by (le, to) (${rate('coredns_proxy_request_duration_seconds_bucket')}))`,
          },
        }),
        timeSeries({
          title: 'No server upstream',
          description: 'Times that all of them were down, or too busy. Bad: any.',
          unit: 'cps',
          queries: {
            'all down': `sum(${rate('coredns_forward_healthcheck_broken_total')})`,
            'too busy': `sum(${rate('coredns_forward_max_concurrent_rejects_total')})`,
          },
        }),
      ],
    },
  ],
});
