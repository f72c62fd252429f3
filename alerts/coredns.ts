import { jobDown } from '../src/content/alert-exclusion.js';
import { alertGroup } from '../src/content/alert-group.js';

/**
 * The share of the forwarded queries for which no name server was healthy. Only answered queries have a
 * duration: this series does not exist until a name server has answered a query.
 */
const unhealthyShare =
  'sum(rate(coredns_forward_healthcheck_broken_total[5m])) / (sum(rate(coredns_forward_healthcheck_broken_total[5m])) + (sum(rate(coredns_proxy_request_duration_seconds_count{proxy_name="forward"}[5m])) or vector(0)))';

export default alertGroup({
  adaptRanges: true,
  needs: ['coredns'],
  dashboard: 'coredns',
  thresholds: {
    /** Share of the answers. */
    errors: 0.03,
    latencySeconds: 1,
    upstreamErrors: 0.05,
    /** Share of the forwarded queries. */
    upstreamsUnhealthy: 0.05,
    /** Below it are name servers that answer queries, but no health checks. */
    upstreamsUnhealthyCritical: 0.8,
  },
  rules: (threshold) => ({
    alerts: [
      {
        alert: 'CoreDNSDown',
        expr: jobDown('coredns'),
        for: '5m',
        severity: 'critical',
        subject: 'targets',
        summary: 'Prometheus cannot reach any CoreDNS pod.',
        description:
          'Prometheus has reached no CoreDNS pod for 5 minutes. Name resolution in the cluster probably fails.',
      },
      {
        alert: 'CoreDNSErrors',
        expr: `sum(rate(coredns_dns_responses_total{rcode="SERVFAIL"}[5m])) / sum(rate(coredns_dns_responses_total[5m])) > ${threshold.errors}`,
        for: '10m',
        keepFiringFor: '10m',
        severity: 'warning',
        subject: 'dns',
        summary: 'CoreDNS answers queries with errors.',
        description:
          'CoreDNS answers {{ $value | humanizePercentage }} of the queries with an error.',
      },
      {
        alert: 'CoreDNSSlow',
        expr: `histogram_quantile(0.99, sum by (server, zone, le) (rate(coredns_dns_request_duration_seconds_bucket[5m]))) > ${threshold.latencySeconds}`,
        for: '10m',
        keepFiringFor: '10m',
        severity: 'warning',
        subject: 'dns-latency',
        summary: 'CoreDNS is slow.',
        description:
          '{{ $labels.server }} needs {{ $value | humanizeDuration }} to answer queries for zone {{ $labels.zone }} (99th percentile).',
      },
      {
        alert: 'CoreDNSUpstreamErrors',
        expr: `sum by (to) (rate(coredns_proxy_request_duration_seconds_count{proxy_name="forward",rcode="SERVFAIL"}[5m])) / sum by (to) (rate(coredns_proxy_request_duration_seconds_count{proxy_name="forward"}[5m])) > ${threshold.upstreamErrors}`,
        for: '10m',
        keepFiringFor: '10m',
        severity: 'warning',
        subject: 'dns-upstream',
        summary: 'Name server {{ $labels.to }} answers with errors.',
        description:
          'Name server {{ $labels.to }} answers {{ $value | humanizePercentage }} of the queries that CoreDNS forwards to it with an error.',
      },
      {
        alert: 'CoreDNSUpstreamsUnhealthy',
        expr: `${unhealthyShare} > ${threshold.upstreamsUnhealthy}`,
        for: '10m',
        keepFiringFor: '10m',
        severity: 'warning',
        subject: 'dns-upstream',
        summary: 'CoreDNS often finds no healthy upstream name server.',
        description:
          'CoreDNS finds no healthy upstream name server for {{ $value | humanizePercentage }} of the queries that it forwards.',
      },
      {
        alert: 'CoreDNSUpstreamsDown',
        expr: `${unhealthyShare} > ${threshold.upstreamsUnhealthyCritical}`,
        for: '10m',
        keepFiringFor: '10m',
        severity: 'critical',
        subject: 'dns-upstream',
        summary: 'CoreDNS cannot reach any upstream name server.',
        description:
          'CoreDNS finds no healthy upstream name server for {{ $value | humanizePercentage }} of the queries that it forwards. External names are not resolved.',
      },
    ],
  }),
});
