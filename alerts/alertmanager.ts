import { alertGroup } from '../src/content/alert-group.js';

const own = 'job="alertmanager"';
const failedShare = `sum without (reason) (rate(alertmanager_notifications_failed_total{${own}}[5m])) / rate(alertmanager_notifications_total[5m])`;

export default alertGroup({
  needs: ['alertmanager'],
  dashboard: 'alertmanager',
  thresholds: { failedShare: 0.05 },
  rules: ({ failedShare: least }) => ({
    alerts: [
      {
        alert: 'AlertmanagerConfigNotLoaded',
        expr: `alertmanager_config_last_reload_successful{${own}} == 0`,
        for: '10m',
        severity: 'warning',
        summary: 'Alertmanager {{ $labels.pod }} cannot load its configuration.',
        description:
          'Alertmanager {{ $labels.namespace }}/{{ $labels.pod }} goes on with the receivers and routes that it had before.',
      },
      {
        alert: 'AlertmanagerConfigsDiffer',
        expr: `count by (namespace) (count_values by (namespace) ("hash", alertmanager_config_hash{${own}})) > 1`,
        for: '20m',
        severity: 'warning',
        summary: 'The Alertmanagers in {{ $labels.namespace }} have different configurations.',
        description:
          'There are {{ $value }} configurations: who is told of an alert depends on which replica sends it.',
      },
      {
        alert: 'AlertmanagerMeshBroken',
        expr: `alertmanager_cluster_members{${own}} < on (namespace) group_left () count by (namespace) (up{${own}})`,
        for: '15m',
        keepFiringFor: '5m',
        severity: 'warning',
        summary: 'Alertmanager {{ $labels.pod }} does not see all of its peers.',
        description:
          'Alertmanager {{ $labels.namespace }}/{{ $labels.pod }} is in a mesh of {{ $value }}: alerts are told twice, and silences are not known everywhere.',
      },
      {
        alert: 'AlertmanagerTellsNobody',
        // A replica that still gets through tells for all; on which one the mesh agrees. Else each
        // tells of itself, and silences its warning.
        expr: `${failedShare} >= on (namespace, integration) group_left () (min by (namespace, integration) (${failedShare}) > 0.9)`,
        for: '5m',
        severity: 'critical',
        subject: 'notifications',
        summary: 'Nobody is told of alerts by {{ $labels.integration }}.',
        description:
          '{{ $value | humanizePercentage }} of the notifications by {{ $labels.integration }} of {{ $labels.namespace }}/{{ $labels.pod }} fail, and no other replica gets through.',
      },
      {
        alert: 'AlertmanagerNotificationsFailing',
        expr: `${failedShare} > ${least}`,
        for: '10m',
        keepFiringFor: '10m',
        severity: 'warning',
        subject: 'notifications',
        summary: 'Notifications by {{ $labels.integration }} fail.',
        description:
          '{{ $value | humanizePercentage }} of the notifications by {{ $labels.integration }} of {{ $labels.namespace }}/{{ $labels.pod }} fail.',
      },
      {
        alert: 'AlertmanagerStateNotKept',
        expr: `increase(alertmanager_silences_maintenance_errors_total{${own}}[15m]) + increase(alertmanager_nflog_maintenance_errors_total[15m]) > 0`,
        for: '10m',
        severity: 'warning',
        summary: 'Alertmanager {{ $labels.pod }} cannot write its state.',
        description:
          'About {{ printf "%.0f" $value }} times in 15 minutes {{ $labels.namespace }}/{{ $labels.pod }} could not write silences or its log of notifications: a restart loses them.',
      },
    ],
  }),
});
