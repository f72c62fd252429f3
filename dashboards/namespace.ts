import {
  cluster,
  cores,
  count,
  dashboard,
  labelVariable,
  rollouts,
  stat,
  table,
  timeSeries,
  usedShare,
} from '../src/content/grafana.js';

const here = 'cluster=~"$cluster", namespace=~"$namespace"';
const cpu = `container:container_cpu_usage_seconds:rate5m{${here}}`;
const memory = `container:container_memory_working_set_bytes:max{${here}}`;
const request = `kube_pod_container_resource_requests{${here}, resource="cpu"}`;
const limit = `kube_pod_container_resource_limits{${here}, resource="memory"}`;
const pod = { dashboard: 'pod', by: ['namespace', 'pod'] };
const byPod = (expr: string) => `sum by (namespace, pod) (${expr})`;
const owners = `namespace_workload_pod:kube_pod_owner:relabel{${here}}`;
const ofWorkload = (expr: string) =>
  `sum by (namespace, workload) (${byPod(expr)} * on (namespace, pod) group_left (workload) ${owners})`;
/** Used resources as a share of requests or limits, for containers that have both series. */
const share = (used: string, of: string, by: (expr: string) => string) => {
  const both = 'on (namespace, pod, container)';
  return `${by(`${used} and ${both} ${of}`)} / (${by(`${of} and ${both} ${used}`)} > 0)`;
};
const sum = (expr: string) => `sum(${expr})`;
// A pod on the host network counts the traffic of its node.
const traffic = (way: string) =>
  `sum(rate(container_network_${way}_bytes_total{${here}, pod!=""}[$__rate_interval]) unless on (namespace, pod) kube_pod_info{${here}, host_network="true"})`;

export default dashboard({
  title: 'Namespace',
  description: 'Workloads and pods of one or more namespaces: state, use and requests.',
  folder: 'Kubernetes',
  needs: ['kube-state-metrics', 'cadvisor'],
  links: ['cluster-compute', 'networking', 'persistent-volumes', 'logs'],
  variables: [
    cluster,
    labelVariable('namespace', 'kube_namespace_status_phase{cluster=~"$cluster"}'),
  ],
  annotations: [rollouts(here)],
  rows: [
    {
      title: 'Now',
      panels: [
        stat({
          title: 'CPU of requests',
          description: 'CPU in use, as a share of the requested CPU. Bad: above 100 % for long.',
          unit: 'percentunit',
          empty: 'no requests',
          thresholds: { warning: 1, critical: 2 },
          queries: share(cpu, request, sum),
        }),
        stat({
          title: 'Memory of limits',
          description:
            'Memory in use, as a share of the limits, of containers with a limit. Bad: above 90 %.',
          ...usedShare,
          empty: 'no limits',
          queries: share(memory, limit, sum),
        }),
        stat({
          title: 'Running pods',
          description: 'Pods in phase Running. Bad: fewer than the workloads need.',
          ...count,
          queries: `sum(kube_pod_status_phase{${here}, phase="Running"})`,
        }),
        stat({
          title: 'Running pods not ready',
          description: 'Pods that run and get no traffic. Bad: any for several minutes.',
          ...count,
          thresholds: { warning: 1, critical: 5 },
          queries: `count((kube_pod_status_ready{${here}, condition="true"} == 0) and on (namespace, pod) (kube_pod_status_phase{${here}, phase="Running"} == 1)) or vector(0)`,
        }),
        stat({
          title: 'Pending pods',
          description: 'Pods that wait for a node, an image or a volume. Bad: any for long.',
          ...count,
          thresholds: { warning: 1, critical: 5 },
          queries: `sum(kube_pod_status_phase{${here}, phase="Pending"})`,
        }),
        stat({
          title: 'Restarts in one hour',
          description: 'Restarts of all containers. Bad: restarts that continue.',
          ...count,
          thresholds: { warning: 1, critical: 10 },
          queries: `round(sum(increase(kube_pod_container_status_restarts_total{${here}}[1h])))`,
        }),
      ],
    },
    {
      title: 'Workloads',
      panels: [
        table({
          title: 'Workloads',
          description:
            'Available replicas and use of each workload; a click opens the workload. Bad: missing replicas.',
          width: 24,
          labels: {
            namespace: { title: 'Namespace', width: 160 },
            workload: { title: 'Workload', opens: 'workload' },
          },
          columns: {
            Available: {
              ready: `max by (namespace, workload) (workload:replicas_available:max{${here}})`,
              wanted: `max by (namespace, workload) (workload:replicas_desired:max{${here}})`,
            },
            CPU: { ...cores, decimals: 3, query: ofWorkload(cpu) },
            Memory: { unit: 'bytes', query: ofWorkload(memory) },
          },
        }),
      ],
    },
    {
      title: 'Pods',
      panels: [
        timeSeries({
          title: 'CPU by pod',
          description: 'Cores in use. Bad: one pod far above the others of its workload.',
          ...cores,
          opens: pod,
          queries: { '{{pod}}': byPod(cpu) },
        }),
        timeSeries({
          title: 'Memory by pod',
          description: 'Working sets: memory that the kernel cannot reclaim. Bad: steady growth.',
          unit: 'bytes',
          opens: pod,
          queries: { '{{pod}}': byPod(memory) },
        }),
        table({
          title: 'Pods',
          description:
            'State and use of each pod; a click opens the pod. Bad: not ready, restarts, memory near the limit.',
          width: 24,
          height: 10,
          labels: {
            namespace: { title: 'Namespace', width: 160 },
            pod: { title: 'Pod', opens: 'pod' },
          },
          columns: {
            Ready: {
              unit: 'short',
              states: {
                2: ['completed', 'idle'],
                1: ['ready', 'good'],
                0: ['not ready', 'critical'],
              },
              query: `max by (namespace, pod) (kube_pod_status_ready{${here}, condition="true"}) + on (namespace, pod) 2 * max by (namespace, pod) (kube_pod_status_phase{${here}, phase="Succeeded"})`,
            },
            Restarts: {
              ...count,
              query: byPod(`kube_pod_container_status_restarts_total{${here}}`),
            },
            CPU: { ...cores, decimals: 3, query: byPod(cpu) },
            'CPU of requests': {
              unit: 'percentunit',
              thresholds: { warning: 1, critical: 2 },
              query: share(cpu, request, byPod),
            },
            Memory: { unit: 'bytes', query: byPod(memory) },
            'Memory of limits': { ...usedShare, query: share(memory, limit, byPod) },
          },
          sortBy: 'Ready',
          ascending: true,
        }),
      ],
    },
    {
      title: 'Network and quotas',
      panels: [
        timeSeries({
          title: 'Traffic of pods',
          description: 'Bytes of all pods, except those on the host network. Bad: a sudden change.',
          unit: 'binBps',
          queries: { received: traffic('receive'), sent: traffic('transmit') },
        }),
        timeSeries({
          title: 'Quota use',
          description: 'Used share of each quota. Bad: 100 %: no new objects are admitted.',
          unit: 'percentunit',
          max: 1,
          empty: 'no ResourceQuota',
          thresholds: { warning: 0.9, critical: 1 },
          queries: {
            '{{namespace}} {{resourcequota}} {{resource}}': `max by (namespace, resourcequota, resource) (kube_resourcequota{${here}, type="used"}) / (max by (namespace, resourcequota, resource) (kube_resourcequota{${here}, type="hard"}) > 0)`,
          },
        }),
      ],
    },
  ],
});
