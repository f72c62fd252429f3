import type { Resources } from '../../config/size.js';
import type { ContainerOptions } from '../../kubernetes/container.js';
import { workload } from '../../kubernetes/workload.js';
import { required } from '../../model/consumption.js';
import type { Endpoint } from '../../model/endpoint.js';
import { health, metrics } from '../../model/offer.js';
import type { Component } from '../../model/party.js';
import { probesOf } from '../../model/probe.js';
import { kubeRbacProxy, proxyRules, proxyVerification } from './kube-rbac-proxy.js';
import { program } from './program.js';
import { proxyProgram } from './proxy-program.js';

export interface NodeExporterOptions {
  /** Port on every node. The proxy serves its own health page on the next port. */
  readonly port: number;
  readonly protection:
    | { readonly kind: 'kube-rbac-proxy'; readonly resources: Resources }
    | { readonly kind: 'plain'; readonly reason: string };
  readonly resources: Resources;
}

const hostRoot = '/host';

// Volumes of pods and layers of containers, which cAdvisor or the kubelet measures.
const ignoredMounts =
  '^/(dev|proc|sys|run/credentials/.+|run/containerd/.+|run/k3s/.+|var/lib/docker/.+' +
  '|var/lib/containers/storage/.+|var/lib/containerd/.+|var/lib/kubelet/.+|var/lib/rancher/.+)($|/)';

// One end of the link of each pod; physical devices count the same traffic.
const ignoredDevices = '^(veth.*|cali.*|lxc.*|cilium_.*|eni[0-9a-f]{8,}|azv.*|gke.*|nodelocaldns)$';

/** node-exporter on every node: reads the host, and answers only to clients that the API server authorizes. */
export const nodeExporter = (options: NodeExporterOptions): Component => {
  const { protection } = options;
  const behindProxy = protection.kind === 'kube-rbac-proxy';
  const exporterHealth = health('/');
  const exporter: Endpoint = {
    port: options.port,
    offers: [metrics('/metrics', { about: 'node' })],
  };
  return {
    name: 'node-exporter',
    workloads: {
      'node-exporter': { kind: 'own', namespace: 'nodeAgents', hostNetwork: true },
    },
    endpoints: behindProxy
      ? {
          metrics: { ...exporter, ...proxyVerification('node-exporter') },
          // Only shows that the proxy runs; requires no authentication.
          'proxy-health': {
            port: options.port + 1,
            scheme: 'https',
            offers: [health('/healthz')],
          },
        }
      : { metrics: exporter },
    consumes: behindProxy ? [required('kubernetes-api', { rules: proxyRules })] : [],
    programs: { 'node-exporter': program, 'kube-rbac-proxy': proxyProgram },
    render: (scope, wiring) => {
      const { endpoints } = wiring.workloads['node-exporter']!;
      const { port } = endpoints.metrics!;
      const address = behindProxy ? '127.0.0.1' : '[$(POD_IP)]';
      const main: ContainerOptions = {
        name: 'node-exporter',
        image: 'node-exporter',
        args: [
          `--web.listen-address=${address}:${port}`,
          `--path.rootfs=${hostRoot}`,
          `--path.procfs=${hostRoot}/proc`,
          `--path.sysfs=${hostRoot}/sys`,
          `--path.udev.data=${hostRoot}/run/udev/data`,
          `--collector.filesystem.mount-points-exclude=${ignoredMounts}`,
          `--collector.netdev.device-exclude=${ignoredDevices}`,
          `--collector.netclass.ignored-devices=${ignoredDevices}`,
        ],
        podFields: behindProxy ? {} : { POD_IP: 'status.podIP' },
        endpoints: behindProxy ? [] : ['metrics'],
        // On the host network, the kubelet reaches loopback too.
        probes: probesOf(
          { port, offers: [] },
          exporterHealth,
          behindProxy ? '127.0.0.1' : undefined,
        ),
        resources: options.resources,
        goMemoryLimit: true,
        mounts: [
          {
            name: 'root',
            path: hostRoot,
            source: {
              kind: 'host',
              path: '/',
              reason: 'reads /proc, /sys and the sizes of all mounted file systems, read-only',
            },
          },
        ],
      };
      workload(scope, wiring, 'node-exporter', {
        kind: 'DaemonSet',
        hostAccess: {
          hostNetwork: 'network statistics are those of the network namespace of the process',
          hostPid: 'the list of mounts is read from process 1',
          ...(protection.kind === 'plain' && { openPort: `${port}: ${protection.reason}` }),
        },
        containers:
          protection.kind === 'kube-rbac-proxy'
            ? [
                main,
                kubeRbacProxy({
                  endpoints: ['metrics', 'proxy-health'],
                  port,
                  healthPort: endpoints['proxy-health']!.port,
                  upstream: `http://127.0.0.1:${port}/`,
                  audience: 'node-exporter',
                  resources: protection.resources,
                }),
              ]
            : [main],
      });
    },
  };
};
