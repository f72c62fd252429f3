import {
  alertTable,
  barGauge,
  cluster,
  count,
  dashboard,
  dashboardList,
  stat,
  stateTimeline,
  usedShare,
} from '../src/content/grafana.js';
import { starting, watchdog } from './alert-history.js';
import { resultsByPage } from './probes.js';

const here = 'cluster=~"$cluster"';
const firing = (more: string) =>
  `count(ALERTS{${here}, alertstate="firing", ${more}}) or vector(0)`;
const phase = `kube_pod_status_phase{${here}, phase=~"Pending|Unknown"}`;
const requested = (resource: string) =>
  `sum(namespace_resource:kube_pod_container_resource_requests:sum{${here}, resource="${resource}"}) / sum(kube_node_status_allocatable{${here}, resource="${resource}"})`;
const jobs = ['kube-state-metrics'];
const nodes = ['node-exporter'];

export default dashboard({
  title: 'Overview',
  description: 'The start page: firing alerts, targets that are down, and free capacity.',
  folder: 'Crowsnest',
  needs: ['prometheus'],
  links: ['stack-health', 'cluster-compute', 'nodes', 'traces', 'logs', 'alert-history'],
  variables: [cluster],
  rows: [
    {
      title: 'Current problems',
      panels: [
        stat({
          title: 'Critical alerts',
          description:
            'Firing alerts with severity critical. Bad: any. A person must act within the hour.',
          ...count,
          thresholds: { critical: 1 },
          width: 4,
          queries: firing('severity="critical"'),
        }),
        stat({
          title: 'Warnings',
          description: 'Firing alerts with severity warning. Bad: many, or old ones.',
          ...count,
          thresholds: { warning: 1, critical: 10 },
          width: 3,
          queries: firing('severity="warning"'),
        }),
        stat({
          title: 'Alert evaluation',
          description:
            'Whether the alert Watchdog fires, which should always fire. Bad: stopped: no other alert can fire.',
          unit: 'short',
          needs: ['configured:watchdog'],
          states: { 1: ['running', 'good'], 2: starting, 0: ['stopped', 'critical'] },
          width: 4,
          queries: watchdog(here),
        }),
        stat({
          title: 'Targets down',
          description: 'Targets that Prometheus cannot scrape. Bad: any, for more than minutes.',
          ...count,
          thresholds: { warning: 1, critical: 5 },
          width: 3,
          queries: `count(up{${here}} == 0) or vector(0)`,
        }),
        stat({
          title: 'Failed probes',
          description: 'Pages that blackbox-exporter cannot fetch. Bad: any.',
          ...count,
          needs: ['probe'],
          thresholds: { critical: 1 },
          width: 3,
          queries: `count(probe_success{${here}} == 0) or vector(0)`,
        }),
        stat({
          title: 'Nodes not ready',
          description: 'Nodes that do not accept pods. Bad: any, except during maintenance.',
          ...count,
          needs: jobs,
          thresholds: { critical: 1 },
          width: 3,
          queries: `count(kube_node_status_condition{${here}, condition="Ready", status="true"} == 0) or vector(0)`,
        }),
        stat({
          title: 'Pods pending 10 min',
          description:
            'Pods in phase Pending or Unknown for at least 10 minutes. Bad: any. Failed pods of finished jobs are not counted.',
          ...count,
          needs: jobs,
          thresholds: { warning: 1, critical: 10 },
          width: 4,
          queries: `count(min_over_time(${phase}[10m]) == 1 and ${phase} offset 10m) or vector(0)`,
        }),
        alertTable({
          title: 'Firing alerts',
          description:
            'Critical alerts first, then the newest. A click on an alert opens its history.',
          width: 24,
          height: 10,
          opens: 'alert-history',
        }),
      ],
    },
    {
      title: 'Cluster capacity',
      panels: [
        stat({
          title: 'CPU usage',
          description: 'Share of the CPU time of all nodes that is not idle. Bad: above 90 %.',
          ...usedShare,
          needs: nodes,
          queries: `avg(node:node_cpu_utilisation:avg5m{${here}})`,
        }),
        stat({
          title: 'Memory usage',
          description: 'Share of the memory of all nodes that is in use. Bad: above 90 %.',
          ...usedShare,
          needs: nodes,
          queries: `1 - sum(node_memory_MemAvailable_bytes{${here}, job="node-exporter"}) / sum(node_memory_MemTotal_bytes{${here}, job="node-exporter"})`,
        }),
        stat({
          title: 'CPU requests',
          description:
            'CPU requests of pending and running pods, as a share of the allocatable CPU. Bad: close to 100 %.',
          ...usedShare,
          needs: jobs,
          queries: requested('cpu'),
        }),
        stat({
          title: 'Memory requests',
          description:
            'Memory requests of pending and running pods, as a share of the allocatable memory. Bad: close to 100 %.',
          ...usedShare,
          needs: jobs,
          queries: requested('memory'),
        }),
        stat({
          title: 'Running pods',
          description: 'Pods in phase Running, in all namespaces. Bad: a sudden drop.',
          ...count,
          needs: jobs,
          queries: `sum(kube_pod_status_phase{${here}, phase="Running"})`,
        }),
        stat({
          title: 'Free volume space',
          description: 'Share of the fullest persistent volume that is free. Bad: below 15 %.',
          unit: 'percentunit',
          needs: ['kubelet', 'kube-state-metrics'],
          empty: 'no volumes',
          thresholds: { warning: 0.15, critical: 0.05 },
          queries: `min(persistentvolumeclaim:kubelet_volume_stats_available:ratio{${here}})`,
        }),
      ],
    },
    {
      title: 'Monitoring stack and other dashboards',
      panels: [
        stateTimeline({
          title: 'Scrape jobs',
          description: 'Whether all targets of a job are up. Bad: any is down.',
          unit: 'short',
          states: { 1: ['all up', 'good'], 0: ['some down', 'critical'] },
          width: 16,
          height: 14,
          queries: { '{{job}}': `min by (job) (up{${here}})` },
        }),
        dashboardList({
          title: 'All dashboards',
          description:
            'Every dashboard of the stack. The time range and the cluster stay selected.',
          width: 8,
          height: 14,
        }),
        stateTimeline({
          title: 'Probed pages',
          description:
            'Results of the probes over time by page, or by Service inside the cluster. Bad: any failure.',
          unit: 'short',
          needs: ['probe'],
          states: { 1: ['success', 'good'], 0: ['failure', 'critical'] },
          width: 16,
          height: 10,
          queries: { '{{page}}': resultsByPage(here) },
        }),
        barGauge({
          title: 'Memory by component',
          description:
            'Resident memory of all processes of a component. Bad: one that grows constantly.',
          unit: 'bytes',
          height: 10,
          queries: {
            '{{job}}': `sort_desc(sum by (job) (process_resident_memory_bytes{${here}, job=~"prometheus|alertmanager|grafana|blackbox-exporter|kube-state-metrics-self"} or otelcol_process_memory_rss_bytes{${here}, job="jaeger"}))`,
          },
        }),
      ],
    },
  ],
});
