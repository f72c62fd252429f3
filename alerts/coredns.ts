import { alertGroup } from '../src/content/alert-group.js';

export default alertGroup({
  needs: ['coredns'],
  dashboard: 'coredns',
  thresholds: {
    /** Share of the answers. */
    errors: 0.03,
    latencySeconds: 1,
    upstreamErrors: 0.05,
  },
  rules: (threshold) => ({
    alerts: [
      {
        alert: 'CoreDNSDown',
        // A critical alert silences TargetsDown of the same job.
        expr: 'label_replace(absent(up{job="coredns"} == 1), "job", "coredns", "", "")',
        for: '5m',
        severity: 'critical',
        subject: 'targets',
        summary: 'No CoreDNS answers.',
        description:
          'Prometheus has reached no CoreDNS for 5 minutes: names are most likely not resolved in the cluster.',
      },
      {
        alert: 'CoreDNSErrors',
        expr: `sum(rate(coredns_dns_responses_total{rcode="SERVFAIL"}[5m])) / sum(rate(coredns_dns_responses_total[5m])) > ${threshold.errors}`,
        for: '10m',
        keepFiringFor: '10m',
        severity: 'warning',
        subject: 'dns',
        summary: 'CoreDNS cannot answer questions.',
        description:
          'CoreDNS answers {{ $value | humanizePercentage }} of the questions with an error.',
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
          'One in a hundred questions to {{ $labels.server }} about {{ $labels.zone }} takes {{ $value | humanizeDuration }}.',
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
          'Name server {{ $labels.to }}, which CoreDNS asks for names outside the cluster, answers {{ $value | humanizePercentage }} of the questions with an error.',
      },
      {
        alert: 'CoreDNSUpstreamsUnhealthy',
        expr: 'sum(rate(coredns_forward_healthcheck_broken_total[5m])) > 0',
        for: '5m',
        keepFiringFor: '5m',
        severity: 'critical',
        subject: 'dns-upstream',
        summary: 'CoreDNS reaches no name server outside the cluster.',
        description:
          'For {{ $value | humanize }} questions a second CoreDNS finds all name servers outside the cluster unhealthy: names there are not resolved.',
      },
    ],
  }),
});
