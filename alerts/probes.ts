import { alertGroup } from '../src/content/alert-group.js';

const probes = 'job=~"probe(-.+)?"';
// An expired certificate fails the probe, which then reports no expiry. A page that is no longer probed
// has no series `up`.
const untilExpiry = `(last_over_time(probe_ssl_earliest_cert_expiry{${probes}}[3d]) and on (job, instance) up) - time()`;

export default alertGroup({
  adaptRanges: true,
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
        summary: 'The probe of {{ $labels.service }} at {{ $labels.instance }} fails.',
        description:
          '{{ $labels.instance }} of {{ $labels.service }} has not answered a probe as expected for 5 minutes.',
      },
      {
        alert: 'ProbeUnreliable',
        expr: `avg_over_time(probe_success{${probes}}[1h]) < ${unreliableShare}`,
        for: '15m',
        keepFiringFor: '15m',
        severity: 'warning',
        subject: 'probe-flapping',
        summary: 'Some probes of {{ $labels.service }} at {{ $labels.instance }} fail.',
        description:
          'Only {{ $value | humanizePercentage }} of the probes of {{ $labels.instance }} succeeded in the last hour.',
      },
      {
        alert: 'ProbeSlow',
        expr: `avg_over_time(probe_duration_seconds{${probes}}[10m]) > ${slowSeconds}`,
        for: '10m',
        keepFiringFor: '10m',
        severity: 'warning',
        subject: 'probe-duration',
        summary: '{{ $labels.service }} at {{ $labels.instance }} answers slowly.',
        description:
          'Probes of {{ $labels.instance }} take {{ $value | humanizeDuration }} on average.',
      },
      {
        alert: 'CertificateExpiring',
        expr: `${untilExpiry} < ${expiryDays} * 86400`,
        for: '1h',
        severity: 'warning',
        subject: 'certificate',
        needs: ['configured:https-probes'],
        summary: 'The certificate of {{ $labels.instance }} expires soon.',
        description:
          'A certificate of {{ $labels.service }} at {{ $labels.instance }} expires in {{ $value | humanizeDuration }}.',
      },
      {
        alert: 'CertificateExpiringSoon',
        expr: `${untilExpiry} < ${criticalExpiryDays} * 86400`,
        for: '15m',
        severity: 'critical',
        subject: 'certificate',
        needs: ['configured:https-probes'],
        summary: 'The certificate of {{ $labels.instance }} is about to expire or has expired.',
        description:
          'A certificate of {{ $labels.service }} at {{ $labels.instance }} expires in {{ $value | humanizeDuration }}; a negative time means that it has expired. Clients then refuse the connection.',
      },
    ],
  }),
});
