import {
  cluster,
  cores,
  count,
  dashboard,
  labelVariable,
  linesOf,
  logs,
  podsVariable,
  rollouts,
  stat,
  table,
  timeSeries,
} from '../src/content/grafana.js';

const owned = 'namespace_workload_pod:kube_pod_owner:relabel';
const here = 'cluster=~"$cluster", namespace="$namespace"';
const workload = `${here}, workload="$workload"`;
const owners = `${owned}{${workload}}`;
const byPod = (expr: string) =>
  `sum by (namespace, pod) (${expr}) and on (namespace, pod) ${owners}`;
const cpu = byPod(`container:container_cpu_usage_seconds:rate5m{${here}}`);
const memory = byPod(`container:container_memory_working_set_bytes:max{${here}}`);
const asked = (kind: string, resource: string) =>
  byPod(`kube_pod_container_resource_${kind}{${here}, resource="${resource}"}`);
// A pod on the host network counts the traffic of its node.
const traffic = (way: string) =>
  byPod(
    `rate(container_network_${way}_bytes_total{${here}, pod!=""}[$__rate_interval]) unless on (namespace, pod) kube_pod_info{${here}, host_network="true"}`,
  );
const opens = { dashboard: 'pod', by: ['namespace', 'pod'] };
/** The pods of a table row, with their node. */
const onNode = (expr: string) =>
  `(${expr}) * on (namespace, pod) group_left (node) max by (namespace, pod, node) (kube_pod_info{${here}})`;
const none = 'no replicas: a Job';

export default dashboard({
  title: 'Workload',
  description: 'One Deployment, StatefulSet, DaemonSet or Job: its replicas and its pods.',
  folder: 'Kubernetes',
  needs: ['kube-state-metrics', 'cadvisor'],
  links: ['namespace', 'traces', 'logs'],
  variables: [
    cluster,
    labelVariable('namespace', `${owned}{cluster=~"$cluster"}`, { single: true }),
    labelVariable('workload', `${owned}{${here}}`, { single: true }),
    podsVariable(owners),
  ],
  annotations: [rollouts(workload)],
  rows: [
    {
      title: 'Replicas',
      panels: [
        stat({
          title: 'Desired replicas',
          description: 'Replicas in the specification. Bad: not the number in the manifest.',
          ...count,
          empty: none,
          queries: `sum(workload:replicas_desired:max{${workload}})`,
        }),
        stat({
          title: 'Replicas not available',
          description: 'Desired replicas that are not available. Bad: any for several minutes.',
          ...count,
          empty: none,
          thresholds: { critical: 1 },
          queries: `sum(workload:replicas_desired:max{${workload}} - workload:replicas_available:max{${workload}})`,
        }),
        stat({
          title: 'Replicas not updated',
          description: 'Replicas of an older version. Bad: any outside a rollout.',
          ...count,
          empty: none,
          thresholds: { warning: 1, critical: 5 },
          queries: `sum(workload:replicas_desired:max{${workload}} - workload:replicas_updated:max{${workload}})`,
        }),
        stat({
          title: 'Restarts in one day',
          description: 'Restarts of all containers. Bad: restarts that continue.',
          ...count,
          thresholds: { warning: 1, critical: 10 },
          queries: `round(sum(increase(kube_pod_container_status_restarts_total{${here}}[1d]) and on (namespace, pod) ${owners}))`,
        }),
      ],
    },
    {
      title: 'Pods',
      panels: [
        table({
          title: 'Pods',
          description:
            'State, node and use of each pod; a click opens the pod or the node. Bad: not ready, restarts, memory near the limit.',
          width: 24,
          labels: {
            namespace: { title: 'Namespace', width: 130 },
            pod: { title: 'Pod', opens: 'pod' },
            node: { title: 'Node', opens: 'node', width: 140 },
          },
          columns: {
            Ready: {
              unit: 'short',
              states: {
                2: ['completed', 'idle'],
                1: ['ready', 'good'],
                0: ['not ready', 'critical'],
              },
              query: onNode(
                `${byPod(`kube_pod_status_ready{${here}, condition="true"}`)} + on (namespace, pod) 2 * max by (namespace, pod) (kube_pod_status_phase{${here}, phase="Succeeded"})`,
              ),
            },
            Restarts: {
              ...count,
              query: onNode(byPod(`kube_pod_container_status_restarts_total{${here}}`)),
            },
            CPU: { ...cores, decimals: 3, query: onNode(cpu) },
            'CPU requested': { ...cores, decimals: 2, query: onNode(asked('requests', 'cpu')) },
            Memory: { unit: 'bytes', query: onNode(memory) },
            'Memory limit': { unit: 'bytes', query: onNode(asked('limits', 'memory')) },
          },
          sortBy: 'Ready',
          ascending: true,
        }),
      ],
    },
    {
      title: 'Over time',
      panels: [
        timeSeries({
          title: 'Replicas',
          description: 'Number of replicas by state. Bad: available below desired for long.',
          ...count,
          width: 12,
          empty: none,
          queries: {
            desired: `sum(workload:replicas_desired:max{${workload}})`,
            available: `sum(workload:replicas_available:max{${workload}})`,
            updated: `sum(workload:replicas_updated:max{${workload}})`,
          },
        }),
        timeSeries({
          title: 'CPU by pod',
          description: 'Cores in use. Bad: one pod far above the others.',
          ...cores,
          empty: 'no running containers',
          width: 12,
          opens,
          queries: { '{{pod}}': cpu },
        }),
        timeSeries({
          title: 'Memory by pod',
          description: 'Working sets: memory that the kernel cannot reclaim. Bad: steady growth.',
          unit: 'bytes',
          empty: 'no running containers',
          width: 12,
          opens,
          queries: { '{{pod}}': memory },
        }),
        timeSeries({
          title: 'Traffic by pod',
          description: 'Bytes received and sent. Bad: one pod gets all traffic, or none.',
          unit: 'binBps',
          width: 12,
          empty: 'host network: see the traffic of the node',
          opens,
          queries: { '{{pod}} received': traffic('receive'), '{{pod}} sent': traffic('transmit') },
        }),
      ],
    },
    {
      title: 'Logs',
      panels: [
        logs({
          title: 'Lines of the pods',
          description: 'The latest lines of all pods of the workload. Bad: errors that repeat.',
          query: linesOf({ namespace: '$namespace', pod: '$pods', several: true }),
        }),
      ],
    },
  ],
});
