import {
  barGauge,
  cluster,
  dashboard,
  dashboardList,
  stat,
  stateTimeline,
  table,
  usedShare,
} from '../src/content/grafana.js';

const here = 'cluster=~"$cluster"';
const firing = (more: string) =>
  `count(ALERTS{${here}, alertstate="firing", ${more}}) or vector(0)`;
const jobs = ['kube-state-metrics'];
const nodes = ['node-exporter'];

export default dashboard({
  title: 'Overview',
  description: 'Where to start: what fires, what is down, and whether the cluster has headroom.',
  folder: 'Crowsnest',
  needs: ['prometheus'],
  links: ['stack-health', 'cluster-compute', 'nodes', 'traces', 'alert-history'],
  variables: [cluster],
  rows: [
    {
      title: 'What is wrong now',
      panels: [
        stat({
          title: 'Critical alerts',
          description: 'Alerts on which a person acts within the hour. Bad: any.',
          unit: 'short',
          thresholds: { critical: 1 },
          queries: firing('severity="critical"'),
        }),
        stat({
          title: 'Warnings',
          description: 'Alerts that are worth a ticket. Bad: more than a few, or old ones.',
          unit: 'short',
          thresholds: { warning: 1, critical: 10 },
          queries: firing('severity="warning"'),
        }),
        stat({
          title: 'Targets down',
          description: 'What Prometheus scrapes and does not answer. Bad: any, for long.',
          unit: 'short',
          thresholds: { warning: 1, critical: 5 },
          queries: `count(up{${here}} == 0) or vector(0)`,
        }),
        stat({
          title: 'Probes failing',
          description: 'Pages that blackbox-exporter cannot fetch. Bad: any.',
          unit: 'short',
          needs: ['probe'],
          thresholds: { critical: 1 },
          queries: `count(probe_success{${here}} == 0) or vector(0)`,
        }),
        stat({
          title: 'Nodes not ready',
          description: 'Nodes that take no pods. Bad: any that nobody is working on.',
          unit: 'short',
          needs: jobs,
          thresholds: { critical: 1 },
          queries: `count(kube_node_status_condition{${here}, condition="Ready", status="true"} == 0) or vector(0)`,
        }),
        stat({
          title: 'Pods not running',
          description: 'Pods that are pending, failed or unknown. Bad: any for more than minutes.',
          unit: 'short',
          needs: jobs,
          thresholds: { warning: 1, critical: 10 },
          queries: `sum(kube_pod_status_phase{${here}, phase=~"Pending|Failed|Unknown"})`,
        }),
        table({
          title: 'Alerts that fire',
          description: 'Each alert, and for how long it has been about to fire or firing.',
          width: 24,
          labels: {
            severity: 'Severity',
            alertname: { title: 'Alert', opens: 'alert-history' },
            namespace: 'Namespace',
            job: 'Job',
            instance: 'Instance',
          },
          columns: {
            Since: {
              unit: 's',
              query: `time() - max by (severity, alertname, namespace, job, instance) (ALERTS_FOR_STATE{${here}, severity=~"critical|warning"} and ignoring (alertstate) ALERTS{${here}, alertstate="firing"})`,
            },
          },
        }),
      ],
    },
    {
      title: 'The cluster',
      panels: [
        stat({
          title: 'CPU in use',
          description: 'Share of all CPU time that was not idle. Bad: above 90 %.',
          ...usedShare,
          needs: nodes,
          queries: `avg(node:node_cpu_utilisation:avg5m{${here}})`,
        }),
        stat({
          title: 'Memory in use',
          description: 'Share of all memory that is not available. Bad: above 90 %.',
          ...usedShare,
          needs: nodes,
          queries: `1 - sum(node_memory_MemAvailable_bytes{${here}, job="node-exporter"}) / sum(node_memory_MemTotal_bytes{${here}, job="node-exporter"})`,
        }),
        stat({
          title: 'CPU requested',
          description: 'What pods ask for, of what nodes can give. Bad: close to 100 %.',
          ...usedShare,
          needs: jobs,
          queries: `sum(kube_pod_container_resource_requests{${here}, resource="cpu"}) / sum(kube_node_status_allocatable{${here}, resource="cpu"})`,
        }),
        stat({
          title: 'Memory requested',
          description: 'What pods ask for, of what nodes can give. Bad: close to 100 %.',
          ...usedShare,
          needs: jobs,
          queries: `sum(kube_pod_container_resource_requests{${here}, resource="memory"}) / sum(kube_node_status_allocatable{${here}, resource="memory"})`,
        }),
        stat({
          title: 'Pods running',
          description: 'Pods in all namespaces. Bad: a sudden fall.',
          unit: 'short',
          needs: jobs,
          queries: `sum(kube_pod_status_phase{${here}, phase="Running"})`,
        }),
        stat({
          title: 'Least space on a volume',
          description: 'Share that is free on the fullest persistent volume. Bad: below 15 %.',
          unit: 'percentunit',
          needs: ['kubelet', 'kube-state-metrics'],
          thresholds: { warning: 0.15, critical: 0.05 },
          queries: `min(persistentvolumeclaim:kubelet_volume_stats_available:ratio{${here}})`,
        }),
      ],
    },
    {
      title: 'The stack',
      panels: [
        stateTimeline({
          title: 'Scraping',
          description: 'Whether all targets of a job answer. Bad: a lane that is not green.',
          unit: 'short',
          states: { 1: ['all up', 'good'], 0: ['some down', 'critical'] },
          width: 16,
          height: 10,
          queries: { '{{job}}': `min by (job) (up{${here}})` },
        }),
        barGauge({
          title: 'Memory of the stack',
          description: 'What each process of a scrape job holds. Bad: one that only grows.',
          unit: 'bytes',
          width: 8,
          height: 10,
          queries: {
            '{{job}}': `sum by (job) (process_resident_memory_bytes{${here}, job=~"prometheus|alertmanager|grafana|blackbox-exporter|kube-state-metrics-self"})`,
            jaeger: `sum(otelcol_process_memory_rss_bytes{${here}, job="jaeger"})`,
          },
        }),
        stateTimeline({
          title: 'Probes',
          description: 'Whether each page answers over the network. Bad: a lane that is not green.',
          unit: 'short',
          needs: ['probe'],
          states: { 1: ['answers', 'good'], 0: ['fails', 'critical'] },
          width: 16,
          queries: { '{{instance}}': `min by (instance) (probe_success{${here}})` },
        }),
        dashboardList({
          title: 'All dashboards',
          description: 'The other dashboards, which open with the same time and cluster.',
          width: 8,
        }),
      ],
    },
  ],
});
