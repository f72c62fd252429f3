import { cluster, dashboard, stat, timeSeries } from '../src/content/grafana.js';

const of = (job: string) => `job="${job}", cluster=~"$cluster"`;
const rate = (job: string, metric: string, more = '') =>
  `rate(${metric}{${of(job)}${more}}[$__rate_interval])`;
const quantile = (job: string, by: string, metric: string) =>
  `histogram_quantile(0.99, sum by (le, ${by}) (${rate(job, `${metric}_bucket`)}))`;
const [scheduler, manager, etcd, proxy] = [
  'kube-scheduler',
  'kube-controller-manager',
  'etcd',
  'kube-proxy',
] as const;
const up = (title: string, job: string) =>
  stat({
    title,
    description: 'Instances that answer. Bad: fewer than there should be.',
    unit: 'short',
    needs: [job],
    thresholds: { warning: 1, critical: 0.5 },
    queries: `sum(up{${of(job)}})`,
  });

export default dashboard({
  title: 'Control plane',
  description: 'Scheduler, controllers, etcd and kube-proxy, where the platform shows them.',
  folder: 'Kubernetes',
  needs: [scheduler, manager, etcd],
  links: ['api-server', 'kubelet', 'coredns'],
  variables: [cluster],
  rows: [
    {
      title: 'Up',
      panels: [
        up('Schedulers', scheduler),
        up('Controller managers', manager),
        up('etcd members', etcd),
        up('Proxies', proxy),
      ],
    },
    {
      title: 'Scheduler',
      panels: [
        timeSeries({
          title: 'Pods that wait',
          description: 'By queue. Bad: unschedulable: no node fits.',
          unit: 'short',
          queries: { '{{queue}}': `sum by (queue) (scheduler_pending_pods{${of(scheduler)}})` },
        }),
        timeSeries({
          title: 'Attempts to place a pod',
          description: 'By result. Bad: error; unschedulable that goes on.',
          unit: 'ops',
          queries: {
            '{{result}}': `sum by (result) (${rate(scheduler, 'scheduler_schedule_attempts_total')})`,
          },
        }),
        timeSeries({
          title: 'Time to place a pod',
          description: '99 of 100 attempts are faster. Bad: above 1 s.',
          unit: 's',
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
      title: 'Controllers',
      panels: [
        timeSeries({
          title: 'Work that waits',
          description: 'The ten longest queues of controllers. Bad: one that does not shrink.',
          unit: 'short',
          queries: {
            '{{name}}': `topk(10, sum by (name) (workqueue_depth{${of(manager)}}))`,
          },
        }),
        timeSeries({
          title: 'Work done',
          description: 'The ten busiest controllers. Bad: a loop without an end.',
          unit: 'ops',
          queries: {
            '{{name}}': `topk(10, sum by (name) (${rate(manager, 'workqueue_adds_total')}))`,
          },
        }),
        timeSeries({
          title: 'Time that work waits',
          description: '99 of 100 items wait less: the ten slowest. Bad: above 1 s.',
          unit: 's',
          queries: {
            '{{name}}': `topk(10, ${quantile(manager, 'name', 'workqueue_queue_duration_seconds')})`,
          },
        }),
      ],
    },
    {
      title: 'etcd',
      panels: [
        timeSeries({
          title: 'Leader',
          description: 'Members that know a leader, and changes of it in an hour. Bad: any change.',
          unit: 'short',
          queries: {
            'know a leader': `sum(etcd_server_has_leader{${of(etcd)}})`,
            'changes in an hour': `max(increase(etcd_server_leader_changes_seen_total{${of(etcd)}}[1h]))`,
          },
        }),
        timeSeries({
          title: 'Database',
          description:
            'Share of its quota that is taken. Bad: above 80 %: at 100 % it takes no writes.',
          unit: 'percentunit',
          max: 1,
          thresholds: { warning: 0.8, critical: 0.95 },
          queries: {
            '{{instance}}': `max by (instance) (etcd_mvcc_db_total_size_in_bytes{${of(etcd)}} / etcd_server_quota_backend_bytes{${of(etcd)}})`,
          },
        }),
        timeSeries({
          title: 'Time of its disk',
          description: '99 of 100 writes of the log are faster. Bad: above 10 ms.',
          unit: 's',
          thresholds: { warning: 0.01, critical: 0.1 },
          queries: {
            '{{instance}}': quantile(etcd, 'instance', 'etcd_disk_wal_fsync_duration_seconds'),
          },
        }),
        timeSeries({
          title: 'Proposals',
          description: 'Writes that members could not agree on, or wait for. Bad: any that fail.',
          unit: 'short',
          queries: {
            'failed in an hour': `sum(increase(etcd_server_proposals_failed_total{${of(etcd)}}[1h]))`,
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
          title: 'Time to write the rules',
          description: '99 of 100 syncs are faster. Bad: above 5 s: Services lag behind.',
          unit: 's',
          queries: {
            '{{instance}}': quantile(
              proxy,
              'instance',
              'kubeproxy_sync_proxy_rules_duration_seconds',
            ),
          },
        }),
        timeSeries({
          title: 'Time for a change to reach the network',
          description: '99 of 100 changes of endpoints are faster. Bad: above 10 s.',
          unit: 's',
          queries: {
            '{{instance}}': quantile(
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
