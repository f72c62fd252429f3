import type { Resources } from '../../config/size.js';
import type { Mount } from '../../kubernetes/volume.js';
import { workload } from '../../kubernetes/workload.js';
import type { Endpoint } from '../../model/endpoint.js';
import { health, metrics } from '../../model/offer.js';
import type { Component } from '../../model/party.js';
import type { RelabelStep } from '../../model/scrape-job.js';
import { program } from './program.js';

/** The container runtime of the nodes. */
export type ContainerRuntime =
  | {
      readonly kind: 'containerd';
      readonly socket: string;
    }
  | { readonly kind: 'docker' };

export interface CadvisorOptions {
  readonly runtime: ContainerRuntime;
  readonly resources: Resources;
}

// Keeps only these labels of containers, with the label names of the kubelet.
const kubernetesLabels = {
  'io.kubernetes.pod.namespace': 'namespace',
  'io.kubernetes.pod.name': 'pod',
  'io.kubernetes.container.name': 'container',
};

/** cAdvisor on every node: resource usage of containers, with the metric names of the kubelet. */
export const cadvisor = ({ runtime, resources }: CadvisorOptions): Component => {
  const endpoint: Endpoint = {
    port: 8080,
    offers: [
      metrics('/metrics', {
        about: 'node',
        keep: 'used',
        honorTimestamps: false,
        sampleLimit: 200_000,
        sampleRelabel: relabel,
      }),
      health('/healthz'),
    ],
  };
  return {
    name: 'cadvisor',
    workloads: { cadvisor: { kind: 'own', namespace: 'nodeAgents' } },
    endpoints: { metrics: endpoint },
    consumes: [],
    readme: { workloads: costs },
    programs: { cadvisor: program },
    render: (scope, wiring) => {
      const metricsEndpoint = wiring.workloads.cadvisor!.endpoints.metrics!;
      workload(scope, wiring, 'cadvisor', {
        kind: 'DaemonSet',
        hostAccess: {
          root: 'only root can read cgroups and the runtime; it has no capabilities and is not privileged',
        },
        containers: [
          {
            name: 'cadvisor',
            image: 'cadvisor',
            args: [
              `--port=${metricsEndpoint.port}`,
              ...runtimeArguments(runtime),
              // Expensive metrics (per CPU, TCP states, processes, huge pages, disks) stay disabled.
              '--enable_metrics=cpu,memory,network,diskIO,pressure',
              '--docker_only=true',
              '--store_container_labels=false',
              // A space in this list would silently drop the following entries.
              `--whitelisted_container_labels=${Object.keys(kubernetesLabels).join(',')}`,
              '--housekeeping_interval=15s',
              '--max_housekeeping_interval=30s',
              '--storage_duration=1m0s',
            ],
            endpoints: ['metrics'],
            resources,
            goMemoryLimit: true,
            mounts: hostMounts(runtime),
          },
        ],
      });
    },
  };
};

const costs = [
  'cAdvisor exposes the metrics of containers, although the kubelet of every node has such a page too:',
  `- What it provides: a measurement at least every 30 seconds, an interval that this stack sets; the interval of the kubelet cannot be set. The metrics remain available if the kubelet leaves them to the container runtime (feature gate \`PodAndContainerStatsFromCRI\`).
- What it does not provide: it exposes no metric that the kubelet lacks. Only the kubelet exposes those of file systems, processes, sockets and OOM events of containers.
- What it costs: one more pod on every node, with the requests above.
- What it exposes: it runs as root with the whole file system of the node, read-only, and with the socket of the container runtime. Whoever takes over its process can read every file of the node and control every container on it.
- \`containerMetrics: 'kubelet'\` avoids all of that, with the same metric names and labels.`,
];

const runtimeArguments = (runtime: ContainerRuntime): string[] =>
  runtime.kind === 'docker'
    ? ['--docker=unix:///var/run/docker.sock']
    : [`--containerd=${runtime.socket}`, '--containerd-namespace=k8s.io'];

const hostMounts = (runtime: ContainerRuntime): Mount[] => [
  host('root', '/', '/rootfs', 'finds the cgroups and file systems of every container, read-only'),
  host('sys', '/sys', '/sys', 'reads cgroups and devices, read-only'),
  ...(runtime.kind === 'docker'
    ? [
        host('docker', '/var/lib/docker', '/var/lib/docker', 'reads the layers of containers'),
        host('runtime', '/var/run', '/var/run', socketReason),
      ]
    : [host('runtime', folderOf(runtime.socket), folderOf(runtime.socket), socketReason)]),
];

const socketReason =
  'contains the socket of the container runtime: it gives control over every container of the node';

const folderOf = (path: string): string => path.slice(0, path.lastIndexOf('/'));

const host = (name: string, path: string, mountPath: string, reason: string): Mount => ({
  name,
  path: mountPath,
  source: { kind: 'host', path, reason },
});

const labelIn = (label: string): string => `container_label_${label.replace(/[^a-zA-Z0-9]/g, '_')}`;

const relabel: readonly RelabelStep[] = [
  ...Object.entries(kubernetesLabels).map(([from, to]) => ({
    source_labels: [labelIn(from)],
    target_label: to,
  })),
  { regex: 'container_label_.*', action: 'labeldrop' as const },
];
