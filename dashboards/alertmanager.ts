import {
  cluster,
  cores,
  count,
  dashboard,
  labelVariable,
  stat,
  timeSeries,
} from '../src/content/grafana.js';

const all = 'job="alertmanager", cluster=~"$cluster"';
const here = `${all}, pod=~"$pod"`;
const rate = (metric: string) => `rate(${metric}{${here}}[$__rate_interval])`;
const mesh = 'configured:alertmanager-mesh';
const latency = 'alertmanager_notification_latency_seconds';
// Alertmanager exposes zeros for every integration that it supports: selects only those in use.
const inUse = `and on (integration) (sum by (integration) (increase(alertmanager_notifications_total{${here}}[$__range])) > 0)`;

export default dashboard({
  title: 'Alertmanager',
  description: 'Alerts received, notifications sent and failed, and the state of each replica.',
  folder: 'Crowsnest',
  needs: ['alertmanager'],
  links: ['stack-health', 'alert-history', 'prometheus'],
  variables: [cluster, labelVariable('pod', `alertmanager_build_info{${all}}`)],
  rows: [
    {
      title: 'Current state',
      panels: [
        stat({
          title: 'Configuration reload',
          description:
            'Result of the last reload. Bad: failed. Alertmanager then uses its previous configuration.',
          unit: 'short',
          states: { 1: ['successful', 'good'], 0: ['failed', 'critical'] },
          queries: `min(alertmanager_config_last_reload_successful{${here}})`,
        }),
        stat({
          title: 'Active alerts',
          description:
            'Alerts that are neither silenced nor inhibited, including Watchdog. The maximum over the replicas.',
          ...count,
          queries: `max(alertmanager_alerts{${here}, state="active"})`,
        }),
        stat({
          title: 'Suppressed alerts',
          description:
            'Alerts without notifications because they are silenced or inhibited. Bad: many, with old silences.',
          ...count,
          queries: `max(alertmanager_alerts{${here}, state="suppressed"})`,
        }),
        stat({
          title: 'Active silences',
          description: 'Silences that are in effect. The maximum over the replicas.',
          ...count,
          queries: `max(alertmanager_silences{${here}, state="active"})`,
        }),
        stat({
          title: 'Failed notifications',
          description:
            'Share of the notifications in the last hour that failed. Bad: above 0 %: a receiver does not get alerts.',
          unit: 'percentunit',
          decimals: 1,
          thresholds: { critical: 0.01 },
          queries: `sum(increase(alertmanager_notifications_failed_total{${here}}[1h])) / (sum(increase(alertmanager_notifications_total{${here}}[1h])) > 0) or vector(0)`,
        }),
        stat({
          title: 'Cluster members',
          description:
            'Replicas that see each other: the minimum over the replicas. Bad: fewer than the replicas.',
          ...count,
          needs: [mesh],
          queries: `min(alertmanager_cluster_members{${here}})`,
        }),
      ],
    },
    {
      title: 'Alerts and notifications',
      panels: [
        timeSeries({
          title: 'Received alerts',
          description:
            'Alerts that Prometheus sends, by status. Bad: none, because Watchdog always fires; or invalid ones.',
          unit: 'cps',
          queries: {
            '{{status}}': `sum by (status) (${rate('alertmanager_alerts_received_total')})`,
            invalid: `sum(${rate('alertmanager_alerts_invalid_total')})`,
          },
        }),
        timeSeries({
          title: 'Notifications by integration',
          description:
            'Attempts to notify, and those that failed, of the integrations in use. Bad: failed ones.',
          unit: 'cps',
          empty: 'no notifications in this time range',
          queries: {
            '{{integration}}': `sum by (integration) (${rate('alertmanager_notifications_total')}) ${inUse}`,
            '{{integration}} failed': `sum by (integration) (${rate('alertmanager_notifications_failed_total')}) ${inUse}`,
          },
        }),
        timeSeries({
          title: 'Mean duration of notifications',
          description: 'Time until the receiver responds. Bad: above 10 s.',
          unit: 's',
          empty: 'no notifications in this time range',
          queries: {
            '{{integration}}': `sum by (integration) (${rate(`${latency}_sum`)}) / (sum by (integration) (${rate(`${latency}_count`)}) > 0)`,
          },
        }),
      ],
    },
    {
      title: 'Cluster and process',
      panels: [
        timeSeries({
          title: 'Cluster members by replica',
          width: 12,
          description:
            'Replicas that each replica sees. Bad: different numbers, which cause duplicate notifications.',
          unit: 'short',
          softMax: 4,
          needs: [mesh],
          queries: {
            '{{pod}}': `max by (pod) (alertmanager_cluster_members{${here}})`,
            '{{pod}} failed': `max by (pod) (alertmanager_cluster_failed_peers{${here}})`,
          },
        }),
        timeSeries({
          title: 'Queued cluster messages',
          width: 12,
          description: 'Messages to other replicas that are not sent yet. Bad: a growing number.',
          unit: 'short',
          softMax: 4,
          needs: [mesh],
          queries: { '{{pod}}': `max by (pod) (alertmanager_cluster_messages_queued{${here}})` },
        }),
        timeSeries({
          title: 'Memory by replica',
          width: 12,
          description: 'Resident memory. Bad: constant growth.',
          unit: 'bytes',
          queries: { '{{pod}}': `max by (pod) (process_resident_memory_bytes{${here}})` },
        }),
        timeSeries({
          title: 'CPU usage by replica',
          width: 12,
          description: 'CPU cores in use. Bad: constantly at the same high value.',
          ...cores,
          queries: { '{{pod}}': `sum by (pod) (${rate('process_cpu_seconds_total')})` },
        }),
      ],
    },
  ],
});
