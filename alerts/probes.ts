import { alertGroup } from '../src/content/alert-group.js';

const probes = 'job=~"probe(-.+)?"';
const untilExpiry = `probe_ssl_earliest_cert_expiry{${probes}} - time()`;

export default alertGroup({
  needs: ['probe'],
  dashboard: 'probes',
  thresholds: { slowSeconds: 2, unreliableShare: 0.9, expiryDays: 21, criticalExpiryDays: 1 },
  rules: ({ slowSeconds, unreliableShare, expiryDays, criticalExpiryDays }) => ({
    alerts: [
      {
        alert: 'ProbeFailing',
        expr: `probe_success{${probes}} == 0`,
        for: '5m',
        keepFiringFor: '5m',
        severity: 'warning',
        subject: 'probe',
        summary: '{{ $labels.service }} does not answer at {{ $labels.instance }}.',
        description:
          'For five minutes {{ $labels.instance }} of {{ $labels.service }} has not answered a probe as it should.',
      },
      {
        alert: 'ProbeUnreliable',
        expr: `avg_over_time(probe_success{${probes}}[1h]) < ${unreliableShare}`,
        for: '15m',
        keepFiringFor: '15m',
        severity: 'warning',
        subject: 'probe-flapping',
        summary: '{{ $labels.service }} answers now and then at {{ $labels.instance }}.',
        description:
          'Only {{ $value | humanizePercentage }} of the probes of {{ $labels.instance }} succeeded within the last hour.',
      },
      {
        alert: 'ProbeSlow',
        expr: `avg_over_time(probe_duration_seconds{${probes}}[10m]) > ${slowSeconds}`,
        for: '10m',
        keepFiringFor: '10m',
        severity: 'warning',
        subject: 'probe-duration',
        summary: '{{ $labels.service }} is slow at {{ $labels.instance }}.',
        description:
          'A probe of {{ $labels.instance }} takes {{ $value | humanizeDuration }} on average.',
      },
      {
        alert: 'CertificateExpiring',
        expr: `${untilExpiry} < ${expiryDays} * 86400`,
        for: '1h',
        severity: 'warning',
        subject: 'certificate',
        summary: 'The certificate of {{ $labels.instance }} expires.',
        description:
          'A certificate that {{ $labels.instance }} of {{ $labels.service }} shows is valid for another {{ $value | humanizeDuration }}.',
      },
      {
        alert: 'CertificateExpiringSoon',
        expr: `${untilExpiry} < ${criticalExpiryDays} * 86400`,
        for: '15m',
        severity: 'critical',
        subject: 'certificate',
        summary: 'The certificate of {{ $labels.instance }} is about to expire.',
        description:
          'A certificate that {{ $labels.instance }} of {{ $labels.service }} shows is valid for another {{ $value | humanizeDuration }} only: after that, clients turn away.',
      },
    ],
  }),
});
