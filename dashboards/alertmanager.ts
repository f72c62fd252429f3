import { cluster, dashboard, labelVariable, stat, timeSeries } from '../src/content/grafana.js';

const all = 'job="alertmanager", cluster=~"$cluster"';
const here = `${all}, pod=~"$pod"`;
const rate = (metric: string) => `rate(${metric}{${here}}[$__rate_interval])`;

export default dashboard({
  title: 'Alertmanager',
  description: 'Whether alerts reach people: what came in, what went out, what failed.',
  folder: 'Crowsnest',
  needs: ['alertmanager'],
  links: ['stack-health', 'alert-history', 'prometheus'],
  variables: [cluster, labelVariable('pod', `alertmanager_build_info{${all}}`)],
  rows: [
    {
      title: 'Now',
      panels: [
        stat({
          title: 'Configuration',
          description: 'Whether it was loaded. Bad: it runs on an older one.',
          unit: 'short',
          states: { 1: ['loaded', 'good'], 0: ['refused', 'critical'] },
          queries: `min(alertmanager_config_last_reload_successful{${here}})`,
        }),
        stat({
          title: 'Alerts',
          description: 'That are active, of the replica that knows most.',
          unit: 'short',
          queries: `max(alertmanager_alerts{${here}, state="active"})`,
        }),
        stat({
          title: 'Silenced or inhibited',
          description: 'Alerts that nobody is told of. Bad: many, whose silences are old.',
          unit: 'short',
          queries: `max(alertmanager_alerts{${here}, state="suppressed"})`,
        }),
        stat({
          title: 'Silences',
          description: 'That are in force.',
          unit: 'short',
          queries: `max(alertmanager_silences{${here}, state="active"})`,
        }),
        stat({
          title: 'Notifications failed',
          description: 'Share of an hour’s attempts. Bad: any: somebody is not told.',
          unit: 'percentunit',
          thresholds: { critical: 0.01 },
          queries: `sum(increase(alertmanager_notifications_failed_total{${here}}[1h])) / (sum(increase(alertmanager_notifications_total{${here}}[1h])) > 0) or vector(0)`,
        }),
        stat({
          title: 'Members of the mesh',
          description: 'That the replica with the fewest knows. Bad: fewer than replicas.',
          unit: 'short',
          queries: `min(alertmanager_cluster_members{${here}})`,
        }),
      ],
    },
    {
      title: 'Alerts and notifications',
      panels: [
        timeSeries({
          title: 'Alerts received',
          description: 'From Prometheus, by state. Bad: none: the watchdog comes all the time.',
          unit: 'cps',
          queries: {
            '{{status}}': `sum by (status) (${rate('alertmanager_alerts_received_total')})`,
            invalid: `sum(${rate('alertmanager_alerts_invalid_total')})`,
          },
        }),
        timeSeries({
          title: 'Notifications',
          description: 'By receiver. Bad: failures.',
          unit: 'cps',
          queries: {
            '{{integration}}': `sum by (integration) (${rate('alertmanager_notifications_total')} > 0)`,
            '{{integration}} failed': `sum by (integration) (${rate('alertmanager_notifications_failed_total')} > 0)`,
          },
        }),
        timeSeries({
          title: 'Time of notifications',
          description: '99 of 100 are faster. Bad: above 10 s: a receiver is slow.',
          unit: 's',
          queries: {
            '{{integration}}': `histogram_quantile(0.99, sum by (le, integration) (${rate('alertmanager_notification_latency_seconds_bucket')}))`,
          },
        }),
      ],
    },
    {
      title: 'Mesh and process',
      panels: [
        timeSeries({
          title: 'Members',
          description: 'That each replica knows. Bad: different numbers: alerts are told twice.',
          unit: 'short',
          queries: {
            '{{pod}}': `max by (pod) (alertmanager_cluster_members{${here}})`,
            '{{pod}} failed': `max by (pod) (alertmanager_cluster_failed_peers{${here}})`,
          },
        }),
        timeSeries({
          title: 'Messages that wait',
          description: 'Gossip that is not sent yet. Bad: a growing line.',
          unit: 'short',
          queries: { '{{pod}}': `max by (pod) (alertmanager_cluster_messages_queued{${here}})` },
        }),
        timeSeries({
          title: 'Memory',
          description: 'Resident memory. Bad: a line that only grows.',
          unit: 'bytes',
          queries: { '{{pod}}': `max by (pod) (process_resident_memory_bytes{${here}})` },
        }),
      ],
    },
  ],
});
