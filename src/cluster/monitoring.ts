import { type PlatformName, platformOf } from '../config/platforms.js';
import type { KubernetesObject } from '../model/manifest.js';
import { controlPlanePorts, nodePorts } from '../model/node-port.js';
import type { Found } from './found.js';
import { hasApi, nameOf, objectsOf, type Reading } from './reading.js';

/** Other monitoring in a cluster. */
export interface MonitoringFacts {
  /** The operator of Prometheus. */
  readonly operator?: Found<true>;
  /** Ports of nodes that node-exporter would use, and who has them. */
  readonly taken: readonly { readonly port: number; readonly by: string }[];
  /** A port of all nodes for node-exporter, if the usual one is taken. */
  readonly nodeExporterPort?: Found<number>;
}

const usual = 9100;

/** The operator, and which ports of nodes are in use. */
export const monitoringFacts = (reading: Reading, platform: PlatformName): MonitoringFacts => {
  const inUse = [
    ...(platformOf(platform).takenPorts?.value ?? []),
    ...objectsOf(reading, 'Pod').filter(isOfOthers).flatMap(portsOnNode),
  ];
  const taken = distinct(inUse.filter(({ port }) => port === usual || port === usual + 1));
  const free = [9110, 9120, 9130, 9140, 9150].find((port) =>
    [...inUse, ...nodePorts, ...controlPlanePorts].every(
      (one) => one.port !== port && one.port !== port + 1,
    ),
  );
  const [first] = taken;
  return {
    ...(hasApi(reading, 'monitoring.coreos.com') && {
      operator: { value: true, from: 'the API monitoring.coreos.com' },
    }),
    taken,
    ...(first &&
      free && { nodeExporterPort: { value: free, from: `${first.by} has port ${first.port}` } }),
  };
};

const isOfOthers = ({ metadata }: KubernetesObject): boolean =>
  metadata.labels?.['app.kubernetes.io/part-of'] !== 'crowsnest';

/** The declared ports of a pod on its node. */
const portsOnNode = (pod: KubernetesObject): { port: number; by: string }[] => {
  const { hostNetwork = false, containers = [] } = pod.spec ?? {};
  return containers
    .flatMap(({ ports = [] }: { ports?: { containerPort: number; hostPort?: number }[] }) => ports)
    .flatMap(({ containerPort, hostPort }: { containerPort: number; hostPort?: number }) => {
      const port = hostPort ?? (hostNetwork ? containerPort : undefined);
      return port ? [{ port, by: `pod ${nameOf(pod)}` }] : [];
    });
};

const distinct = (ports: readonly { port: number; by: string }[]) => [
  ...new Map(ports.toReversed().map((one) => [one.port, one])).values(),
];
