import type { Resources } from '../config/sizing.js';
import type { ContainerOptions } from '../kubernetes/container.js';
import { workload } from '../kubernetes/workload.js';
import { required } from '../model/consumption.js';
import type { Endpoint } from '../model/endpoint.js';
import { health, metrics } from '../model/offer.js';
import type { Component } from '../model/party.js';
import { probesOf } from '../model/probe.js';
import { kubeRbacProxy, proxyRules, proxyVerification } from './kube-rbac-proxy.js';

export interface NodeExporterOptions {
  /** On every node. The proxy answers its own health probe on the port after it. */
  readonly port: number;
  readonly protection:
    | { readonly kind: 'kube-rbac-proxy'; readonly resources: Resources }
    | { readonly kind: 'plain'; readonly reason: string };
  readonly resources: Resources;
}

const hostRoot = '/host';

// Volumes of pods and layers of containers come and go, and are measured elsewhere.
const ignoredMounts =
  '^/(dev|proc|sys|run/credentials/.+|run/containerd/.+|run/k3s/.+|var/lib/docker/.+' +
  '|var/lib/containers/storage/.+|var/lib/containerd/.+|var/lib/kubelet/.+|var/lib/rancher/.+)($|/)';

// One end of each pod's link; the traffic is counted on the physical devices as well.
const ignoredDevices = '^(veth.*|cali.*|lxc.*|cilium_.*|eni[0-9a-f]{8,}|azv.*|gke.*|nodelocaldns)$';

/** node-exporter on every node: reads the host, and answers only to whom the API server lets. */
export const nodeExporter = (options: NodeExporterOptions): Component => {
  const { port, protection } = options;
  const behindProxy = protection.kind === 'kube-rbac-proxy';
  const exporterHealth = health('/');
  const exporter: Endpoint = { port, offers: [metrics('/metrics', { about: 'node' })] };
  return {
    name: 'node-exporter',
    workloads: {
      'node-exporter': { kind: 'own', namespace: 'nodeAgents', hostNetwork: true },
    },
    endpoints: behindProxy
      ? {
          metrics: { ...exporter, ...proxyVerification('node-exporter') },
          // Says only that the proxy runs, to whoever reaches the node.
          'proxy-health': { port: port + 1, scheme: 'https', offers: [] },
        }
      : { metrics: exporter },
    consumes: behindProxy ? [required('kubernetes-api', { rules: proxyRules })] : [],
    render: (scope, wiring) => {
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
        // Loopback of the host network is the kubelet's own as well.
        probes: probesOf(exporter, exporterHealth, behindProxy ? '127.0.0.1' : undefined),
        resources: options.resources,
        mounts: [
          {
            name: 'root',
            path: hostRoot,
            source: {
              kind: 'host',
              path: '/',
              reason: 'reads /proc, /sys and the sizes of all mounted filesystems, read-only',
            },
          },
        ],
      };
      workload(scope, wiring, 'node-exporter', {
        kind: 'DaemonSet',
        hostAccess: {
          hostNetwork: 'network statistics belong to the network namespace that is asked',
          hostPid: 'the list of mounts is that of process 1',
          ...(protection.kind === 'plain' && { openPort: `${port}: ${protection.reason}` }),
        },
        containers:
          protection.kind === 'kube-rbac-proxy'
            ? [
                main,
                kubeRbacProxy({
                  endpoints: ['metrics', 'proxy-health'],
                  port,
                  healthPort: port + 1,
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
