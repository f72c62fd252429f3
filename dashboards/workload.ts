import {
  cluster,
  dashboard,
  labelVariable,
  stat,
  table,
  timeSeries,
} from '../src/content/grafana.js';

const here = 'cluster=~"$cluster", namespace=~"$namespace"';
const workload = `${here}, workload=~"$workload"`;
const owners = `namespace_workload_pod:kube_pod_owner:relabel{${workload}}`;
const byPod = (expr: string) =>
  `sum by (namespace, pod) (${expr}) and on (namespace, pod) ${owners}`;
const cpu = byPod(`container:container_cpu_usage_seconds:rate5m{${here}}`);
const memory = byPod(`container:container_memory_working_set_bytes:max{${here}}`);
const asked = (kind: string, resource: string) =>
  byPod(`kube_pod_container_resource_${kind}{${here}, resource="${resource}"}`);
const traffic = (way: string) =>
  byPod(`rate(container_network_${way}_bytes_total{${here}}[$__rate_interval])`);
const opens = { dashboard: 'pod', by: ['namespace', 'pod'] };

export default dashboard({
  title: 'Workload',
  description: 'A Deployment, StatefulSet, DaemonSet or Job: its replicas, and what its pods use.',
  folder: 'Kubernetes',
  needs: ['kube-state-metrics', 'cadvisor'],
  links: ['namespace', 'pod', 'traces'],
  variables: [
    cluster,
    labelVariable('namespace', 'kube_namespace_status_phase{cluster=~"$cluster"}'),
    labelVariable('workload', `namespace_workload_pod:kube_pod_owner:relabel{${here}}`),
  ],
  rows: [
    {
      title: 'Replicas',
      panels: [
        stat({
          title: 'Desired',
          description: 'Replicas that are asked for. Bad: other than the manifest says.',
          unit: 'short',
          queries: `sum(workload:replicas_desired:max{${workload}})`,
        }),
        stat({
          title: 'Not available',
          description: 'Replicas that are asked for and do not serve. Bad: any for long.',
          unit: 'short',
          thresholds: { critical: 1 },
          queries: `sum(workload:replicas_desired:max{${workload}} - workload:replicas_available:max{${workload}})`,
        }),
        stat({
          title: 'Not updated',
          description: 'Replicas of an older version. Bad: any, when no rollout is on its way.',
          unit: 'short',
          thresholds: { warning: 1, critical: 5 },
          queries: `sum(workload:replicas_desired:max{${workload}} - workload:replicas_updated:max{${workload}})`,
        }),
        timeSeries({
          title: 'Replicas',
          description: 'Bad: available below desired for long.',
          unit: 'short',
          width: 12,
          height: 6,
          queries: {
            desired: `sum(workload:replicas_desired:max{${workload}})`,
            available: `sum(workload:replicas_available:max{${workload}})`,
            updated: `sum(workload:replicas_updated:max{${workload}})`,
          },
        }),
      ],
    },
    {
      title: 'Pods',
      panels: [
        table({
          title: 'Pods',
          description: 'Use against requests and limits. Bad: memory close to its limit, restarts.',
          labels: { namespace: 'Namespace', pod: { title: 'Pod', opens: 'pod' } },
          columns: {
            CPU: { unit: 'short', decimals: 3, query: cpu },
            'CPU requested': { unit: 'short', decimals: 2, query: asked('requests', 'cpu') },
            Memory: { unit: 'bytes', query: memory },
            'Memory limit': { unit: 'bytes', query: asked('limits', 'memory') },
            Restarts: {
              unit: 'short',
              thresholds: { warning: 1, critical: 10 },
              query: byPod(`kube_pod_container_status_restarts_total{${here}}`),
            },
          },
        }),
      ],
    },
    {
      title: 'Over time',
      panels: [
        timeSeries({
          title: 'CPU by pod',
          description: 'Cores in use. Bad: one pod far above its siblings.',
          unit: 'short',
          opens,
          queries: { '{{pod}}': cpu },
        }),
        timeSeries({
          title: 'Memory by pod',
          description: 'Memory that cannot be freed. Bad: a line that only grows.',
          unit: 'bytes',
          opens,
          queries: { '{{pod}}': memory },
        }),
        timeSeries({
          title: 'Traffic by pod',
          description: 'Bytes received and sent. Bad: one pod that gets all, or nothing.',
          unit: 'Bps',
          opens,
          queries: { '{{pod}} received': traffic('receive'), '{{pod}} sent': traffic('transmit') },
        }),
      ],
    },
  ],
});
