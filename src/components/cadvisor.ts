import type { Resources } from '../config/sizing.js';
import type { Mount } from '../kubernetes/volume.js';
import { workload } from '../kubernetes/workload.js';
import type { Endpoint } from '../model/endpoint.js';
import { health, metrics } from '../model/offer.js';
import type { Component } from '../model/party.js';
import { probesOf } from '../model/probe.js';
import type { RelabelStep } from '../model/scrape-job.js';

/** Who runs the containers of a node. */
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

const port = 8080;

// Of all labels of a container these alone are kept, and renamed as the kubelet has them.
const kubernetesLabels = {
  'io.kubernetes.pod.namespace': 'namespace',
  'io.kubernetes.pod.name': 'pod',
  'io.kubernetes.container.name': 'container',
};

/** cAdvisor on every node: what each container uses, by the names that the kubelet uses. */
export const cadvisor = ({ runtime, resources }: CadvisorOptions): Component => {
  const endpoint: Endpoint = {
    port,
    offers: [
      metrics('/metrics', {
        about: 'node',
        keep: 'used',
        honorTimestamps: false,
        sampleLimit: 200_000,
        sampleRelabel: relabel,
      }),
    ],
  };
  return {
    name: 'cadvisor',
    workloads: { cadvisor: { kind: 'own', namespace: 'nodeAgents' } },
    endpoints: { metrics: endpoint },
    consumes: [],
    render: (scope, wiring) =>
      workload(scope, wiring, 'cadvisor', {
        kind: 'DaemonSet',
        hostAccess: {
          root: 'cgroups and the runtime answer to root alone; it has no capability and no privilege',
        },
        containers: [
          {
            name: 'cadvisor',
            image: 'cadvisor',
            args: [
              `--port=${port}`,
              ...runtimeArguments(runtime),
              // The costly families (per CPU, TCP states, processes, huge pages, disks) stay off.
              '--enable_metrics=cpu,memory,network,diskIO,pressure',
              '--docker_only=true',
              '--store_container_labels=false',
              // A space in this list would silently drop what follows it.
              `--whitelisted_container_labels=${Object.keys(kubernetesLabels).join(',')}`,
              '--housekeeping_interval=15s',
              '--max_housekeeping_interval=30s',
              '--storage_duration=1m0s',
            ],
            endpoints: ['metrics'],
            probes: probesOf(endpoint, health('/healthz')),
            resources,
            mounts: hostMounts(runtime),
          },
        ],
      }),
  };
};

const runtimeArguments = (runtime: ContainerRuntime): string[] =>
  runtime.kind === 'docker'
    ? ['--docker=unix:///var/run/docker.sock']
    : [`--containerd=${runtime.socket}`, '--containerd-namespace=k8s.io'];

const hostMounts = (runtime: ContainerRuntime): Mount[] => [
  host('root', '/', '/rootfs', 'finds the cgroups and filesystems of every container, read-only'),
  host('sys', '/sys', '/sys', 'reads cgroups and devices, read-only'),
  ...(runtime.kind === 'docker'
    ? [
        host(
          'docker',
          '/var/lib/docker',
          '/var/lib/docker',
          'knows the layers of containers by it',
        ),
        host('runtime', '/var/run', '/var/run', socketReason),
      ]
    : [host('runtime', folderOf(runtime.socket), folderOf(runtime.socket), socketReason)]),
];

const socketReason =
  'holds the socket of the container runtime: whoever has it controls every container of the node';

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
