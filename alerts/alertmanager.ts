import { alertGroup } from '../src/content/alert-group.js';

const own = 'job="alertmanager"';
const failedShare = `sum without (reason) (rate(alertmanager_notifications_failed_total{${own}}[15m])) / rate(alertmanager_notifications_total[15m])`;

export default alertGroup({
  adaptRanges: true,
  needs: ['alertmanager'],
  dashboard: 'alertmanager',
  thresholds: { failedShare: 0.05 },
  rules: ({ failedShare: least }) => ({
    alerts: [
      {
        alert: 'AlertmanagerConfigNotLoaded',
        // A range of five minutes, so that a failed scrape does not restart `for`.
        expr: `max_over_time(alertmanager_config_last_reload_successful{${own}}[5m]) == 0`,
        for: '10m',
        severity: 'warning',
        summary: 'Alertmanager {{ $labels.pod }} cannot load its configuration.',
        description:
          'Alertmanager {{ $labels.namespace }}/{{ $labels.pod }} still uses its previous receivers and routes.',
      },
      {
        alert: 'AlertmanagerConfigsDiffer',
        expr: `count by (namespace) (count_values by (namespace) ("hash", alertmanager_config_hash{${own}})) > 1`,
        for: '20m',
        severity: 'warning',
        needs: ['configured:alertmanager-mesh'],
        summary: 'The Alertmanagers in {{ $labels.namespace }} have different configurations.',
        description:
          'The replicas have {{ $value }} different configurations. The receivers of an alert depend on the replica that sends it.',
      },
      {
        alert: 'AlertmanagerMeshBroken',
        // A replica that is down is not part of the mesh; TargetsDown reports it.
        expr: `max_over_time(alertmanager_cluster_members{${own}}[5m]) < on (namespace) group_left () count by (namespace) (up{${own}} == 1)`,
        for: '15m',
        keepFiringFor: '5m',
        severity: 'warning',
        needs: ['configured:alertmanager-mesh'],
        summary: 'Alertmanager {{ $labels.pod }} does not see all of its peers.',
        description:
          'Alertmanager {{ $labels.namespace }}/{{ $labels.pod }} sees only {{ $value }} member(s) of the mesh. Notifications are sent more than once, and a silence does not apply on all replicas.',
      },
      {
        alert: 'AlertmanagerTellsNobody',
        // If one replica delivers, notifications arrive. If none does, each replica reports its
        // share, and inhibits its own warning.
        expr: `${failedShare} >= on (namespace, integration) group_left () (min by (namespace, integration) (${failedShare}) > 0.9)`,
        for: '5m',
        severity: 'critical',
        subject: 'notifications',
        reach: 'all',
        needs: ['configured:receivers'],
        summary: 'Alertmanager delivers no notifications by {{ $labels.integration }}.',
        description:
          '{{ $value | humanizePercentage }} of the notifications that {{ $labels.namespace }}/{{ $labels.pod }} sends by {{ $labels.integration }} fail, and no other replica delivers them.',
      },
      {
        alert: 'AlertmanagerNotificationsFailing',
        expr: `${failedShare} > ${least}`,
        for: '10m',
        keepFiringFor: '10m',
        severity: 'warning',
        subject: 'notifications',
        reach: 'all',
        needs: ['configured:receivers'],
        summary: 'Notifications by {{ $labels.integration }} fail.',
        description:
          '{{ $value | humanizePercentage }} of the notifications that {{ $labels.namespace }}/{{ $labels.pod }} sends by {{ $labels.integration }} fail.',
      },
      {
        alert: 'AlertmanagerStateNotKept',
        // Alertmanager writes its state every 15 minutes: the range covers two of them.
        expr: `increase(alertmanager_silences_maintenance_errors_total{${own}}[35m]) + increase(alertmanager_nflog_maintenance_errors_total[35m]) > 0`,
        for: '10m',
        severity: 'warning',
        summary: 'Alertmanager {{ $labels.pod }} cannot write its state.',
        description:
          'Alertmanager {{ $labels.namespace }}/{{ $labels.pod }} cannot write its silences or its notification log to its volume. They are lost when it restarts.',
      },
    ],
  }),
});
