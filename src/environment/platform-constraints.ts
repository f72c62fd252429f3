import { type Platform, platforms } from '../config/platforms.js';
import { controlPlanePorts, nodePorts } from '../model/node-port.js';
import type { Rule, Unchecked } from './rule.js';

const platformIn = ({ cluster }: Unchecked): Platform | undefined =>
  Object.entries<Platform>(platforms).find(([name]) => name === cluster?.platform)?.[1];

const storageClass: Rule = (environment, fault) => {
  const { cluster } = environment;
  const platform = platformIn(environment);
  if (!platform || 'storageClass' in platform || cluster?.storageClass !== undefined) return;
  fault(
    ['cluster', 'storageClass'],
    `{ name, expandable } of a StorageClass of the cluster: ${cluster?.platform} has no default class`,
  );
};

const controlPlane: Rule = (environment, fault) => {
  const { cluster } = environment;
  const isHidden =
    cluster?.platform === 'generic' || platformIn(environment)?.controlPlane.value === 'hidden';
  if (cluster?.controlPlane !== 'exposed' || !isHidden) return;
  fault(
    ['cluster', 'controlPlane'],
    `'loopback', or remove it: on ${cluster.platform} the control plane cannot be scraped`,
  );
};

const withoutNodeAgents: Rule = (environment, fault) => {
  const reason = platformIn(environment)?.withoutNodeAgents?.value;
  const { nodeAgents: agents, containerMetrics, cluster } = environment;
  if (reason === undefined) return;
  if (agents !== undefined && agents?.kind === 'deployed') {
    fault(['nodeAgents'], `nothing: on ${cluster?.platform} they cannot run: ${reason}`);
  }
  if (agents === undefined && containerMetrics === 'cadvisor') {
    fault(['containerMetrics'], `'kubelet': cAdvisor is a node agent: ${reason}`);
  }
};

/** node-exporter listens on ports of each node: on two of them behind its proxy. */
const takenPorts: Rule = (environment, fault) => {
  const { nodeExporter = {}, nodeAgents: agents, cluster } = environment;
  const { port = 9100, enabled, protection } = Object(nodeExporter);
  if (enabled === false || agents?.kind === 'none') return;
  const own = protection?.kind === 'plain' ? [port] : [port, port + 1];
  const taken = [
    ...(platformIn(environment)?.takenPorts?.value ?? []),
    ...nodePorts,
    // The pods of node agents run on these nodes too, if the cluster has them.
    ...(ofOthers.includes(`${cluster?.platform}`) ? [] : controlPlanePorts),
  ];
  const first = taken.find((one) => own.includes(one.port));
  if (!first) return;
  const free = taken.some((one) => [9100, 9101].includes(one.port)) ? first.port + 10 : 9100;
  fault(
    ['nodeExporter', 'port'],
    `another port of the nodes, such as ${free}: ${first.by} has ${first.port}`,
  );
};

/** Platforms whose control plane is not on nodes of the cluster, or not known to be. */
const ofOthers = ['eks', 'eks-fargate', 'gke', 'gke-autopilot', 'aks', 'generic'];

/** cAdvisor reads the socket of containerd or of Docker. */
const containerRuntime: Rule = (environment, fault) => {
  const platform = platformIn(environment);
  const { kind, socket } = Object(Object(environment.cadvisor).runtime);
  const isKnown = environment.cluster?.platform !== 'generic' && platform?.containerdSocket;
  if (environment.containerMetrics !== 'cadvisor' || isKnown || kind === 'docker' || socket) return;
  if (!platform && environment.cluster?.platform !== 'generic') return;
  fault(
    ['containerMetrics'],
    `'kubelet', or set cadvisor.runtime: the container runtime of ${environment.cluster?.platform} is not known to be containerd`,
  );
};

/** On a generic cluster, the environment states each fact that other platforms have. */
const genericFacts: Rule = ({ cluster, nodeAgents: agents }, fault) => {
  if (cluster?.platform !== 'generic') return;
  const dns = Object(cluster.dns);
  const facts: readonly (readonly [path: string[], value: unknown, expected: string])[] = [
    [
      ['cluster', 'dns', 'pods'],
      dns.pods,
      "the pods of the cluster's DNS server, such as { namespace: 'kube-system', labels: { 'k8s-app': 'kube-dns' } }",
    ],
    [
      ['cluster', 'dns', 'port'],
      dns.port,
      'the port of these pods: 53, or that to which their Service maps it',
    ],
    [
      ['cluster', 'kubelet'],
      cluster.kubelet,
      "how the certificate of the kubelet can be verified: { kind: 'cluster-ca' } or { kind: 'unverified', reason: '…' }",
    ],
    [
      ['cluster', 'apiServer', 'endpointPort'],
      Object(cluster.apiServer).endpointPort,
      'the port of the API servers, as kubectl get endpointslices -n default shows it',
    ],
    [
      ['cluster', 'storageClass'],
      cluster.storageClass,
      '{ name, expandable } of a StorageClass of the cluster',
    ],
    [
      ['nodeAgents'],
      agents,
      "{ kind: 'deployed' }, or { kind: 'none', reason: '…' } if pods cannot read the host",
    ],
  ];
  for (const [path, value, expected] of facts) {
    if (value === undefined) fault(path, `${expected}: nothing is known about a generic cluster`);
  }
};

/** What platforms allow, and what an environment must state about a generic cluster. */
export const platformRules: readonly Rule[] = [
  storageClass,
  controlPlane,
  withoutNodeAgents,
  takenPorts,
  containerRuntime,
  genericFacts,
];
