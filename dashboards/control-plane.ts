import { cluster, count, dashboard, stat, timeSeries } from '../src/content/grafana.js';

const of = (job: string) => `job="${job}", cluster=~"$cluster"`;
const rate = (job: string, metric: string) => `rate(${metric}{${of(job)}}[$__rate_interval])`;
const quantile = (job: string, by: string, metric: string) =>
  `histogram_quantile(0.99, sum by (le, ${by}) (${rate(job, `${metric}_bucket`)})) > 0`;
/** For histograms whose buckets are too wide for a quantile. */
const mean = (job: string, by: string, metric: string) =>
  `sum by (${by}) (${rate(job, `${metric}_sum`)}) / (sum by (${by}) (${rate(job, `${metric}_count`)}) > 0)`;
const inAnHour = (how: string, metric: string) =>
  `round(${how}(increase(${metric}{${of('etcd')}}[1h])))`;
const [scheduler, manager, etcd, proxy] = [
  'kube-scheduler',
  'kube-controller-manager',
  'etcd',
  'kube-proxy',
] as const;
const up = (title: string, job: string) =>
  stat({
    title,
    description: 'Instances that Prometheus can scrape. Bad: fewer than exist.',
    ...count,
    needs: [job],
    thresholds: { warning: 1, critical: 0.5 },
    queries: `sum(up{${of(job)}})`,
  });

export default dashboard({
  title: 'Control plane',
  description:
    'Scheduler, controller manager, etcd and kube-proxy, where the platform exposes their metrics.',
  folder: 'Kubernetes',
  needs: [scheduler, manager, etcd],
  links: ['api-server', 'kubelet', 'coredns'],
  variables: [cluster],
  rows: [
    {
      title: 'Current state',
      panels: [
        up('Schedulers up', scheduler),
        up('Controller managers up', manager),
        up('etcd members up', etcd),
        up('kube-proxy instances up', proxy),
      ],
    },
    {
      title: 'Scheduler',
      panels: [
        timeSeries({
          title: 'Pending pods by queue',
          description: 'Bad: a pod that stays unschedulable: it fits on no node.',
          unit: 'short',
          softMax: 4,
          queries: { '{{queue}}': `sum by (queue) (scheduler_pending_pods{${of(scheduler)}})` },
        }),
        timeSeries({
          title: 'Scheduling attempts by result',
          description: 'Bad: errors, or constant unschedulable results.',
          unit: 'ops',
          queries: {
            '{{result}}': `sum by (result) (${rate(scheduler, 'scheduler_schedule_attempts_total')})`,
          },
        }),
        timeSeries({
          title: 'Scheduling duration (99th percentile)',
          description: '99 % of the scheduling attempts are faster. Bad: above 1 s.',
          unit: 's',
          empty: 'no scheduling attempts in this time range',
          queries: {
            '{{result}}': quantile(
              scheduler,
              'result',
              'scheduler_scheduling_attempt_duration_seconds',
            ),
          },
        }),
      ],
    },
    {
      title: 'Controller manager',
      panels: [
        timeSeries({
          title: 'Work queue depth',
          description:
            'Items that wait, of the ten longest queues. Bad: a queue that does not shrink.',
          unit: 'short',
          softMax: 4,
          queries: {
            '{{name}}': `topk(10, sum by (name) (workqueue_depth{${of(manager)}}))`,
          },
        }),
        timeSeries({
          title: 'Items added to work queues',
          description: 'The ten busiest queues. Bad: a constant high rate.',
          unit: 'ops',
          queries: {
            '{{name}}': `topk(10, sum by (name) (${rate(manager, 'workqueue_adds_total')}))`,
          },
        }),
        timeSeries({
          title: 'Mean wait time in work queues',
          description: 'The ten slowest queues. Bad: above 1 s.',
          unit: 's',
          queries: {
            '{{name}}': `topk(10, ${mean(manager, 'name', 'workqueue_queue_duration_seconds')})`,
          },
        }),
      ],
    },
    {
      title: 'etcd',
      panels: [
        timeSeries({
          title: 'Leader and leader changes',
          width: 12,
          description:
            'Members that know a leader, and leader changes in the last hour. Bad: fewer than all members, or any change.',
          unit: 'short',
          softMax: 4,
          queries: {
            'members with a leader': `sum(etcd_server_has_leader{${of(etcd)}})`,
            'changes (1 h)': inAnHour('max', 'etcd_server_leader_changes_seen_total'),
          },
        }),
        timeSeries({
          title: 'Database size',
          width: 12,
          description:
            'Share of the quota in use, by instance. Bad: above 80 %. At 100 %, etcd accepts no writes.',
          unit: 'percentunit',
          max: 1,
          thresholds: { warning: 0.8, critical: 0.95 },
          queries: {
            '{{instance}}': `max by (instance) (etcd_mvcc_db_total_size_in_bytes{${of(etcd)}} / etcd_server_quota_backend_bytes{${of(etcd)}})`,
          },
        }),
        timeSeries({
          title: 'Log write duration (99th percentile)',
          width: 12,
          description:
            '99 % of the fsync calls of the write-ahead log are faster. Bad: above 10 ms, which means a slow disk.',
          unit: 's',
          softMax: 0.02,
          thresholds: { warning: 0.01, critical: 0.1 },
          queries: {
            '{{instance}}': quantile(etcd, 'instance', 'etcd_disk_wal_fsync_duration_seconds'),
          },
        }),
        timeSeries({
          title: 'Failed and pending proposals',
          width: 12,
          description:
            'Writes without agreement of the members in the last hour, and writes that wait for it. Bad: failed ones, or a growing number of pending ones.',
          unit: 'short',
          softMax: 4,
          queries: {
            'failed (1 h)': inAnHour('sum', 'etcd_server_proposals_failed_total'),
            pending: `max(etcd_server_proposals_pending{${of(etcd)}})`,
          },
        }),
      ],
    },
    {
      title: 'kube-proxy',
      needs: [proxy],
      panels: [
        timeSeries({
          title: 'Mean duration of rule updates',
          description: 'By instance. Bad: above 5 s, because changes of Services are delayed.',
          unit: 's',
          queries: {
            '{{instance}}': mean(proxy, 'instance', 'kubeproxy_sync_proxy_rules_duration_seconds'),
          },
        }),
        timeSeries({
          title: 'Mean network programming delay',
          description:
            'Time from a change of endpoints until the rules on the node contain it. Bad: above 10 s.',
          unit: 's',
          empty: 'no changes in this time range',
          queries: {
            '{{instance}}': mean(
              proxy,
              'instance',
              'kubeproxy_network_programming_duration_seconds',
            ),
          },
        }),
      ],
    },
  ],
});
