import { type Platform, platformOf } from '../../config/platforms.js';
import type { LocatedParty } from '../../derive/locate.js';
import type { Environment } from '../../environment/environment.js';
import { scaleOf } from '../../environment/setting.js';
import { type Connection, connectionsFor } from '../../model/connection.js';
import type { Manifest } from '../../model/manifest.js';
import { plural } from '../../model/plural.js';
import { formatBytes, formatCores } from '../../model/quantity.js';
import type { SynthesizedStack } from '../synthesized-stack.js';
import { podSets, totalsOf } from '../total.js';
import { bullets, code, table } from './markdown.js';

/** The workloads, with replicas, the reason for their number, and requests. */
export const workloads = ({
  environment,
  parties,
  connections,
  manifests,
}: SynthesizedStack): string[] => [
  '## Workloads',
  table(
    ['workload', 'replicas', 'container', 'image', 'CPU request', 'memory request', 'memory limit'],
    rows(manifests),
  ),
  ...totals(environment, manifests),
  ...replicaReasons(parties),
  ...agents(environment, connections),
  ...parties.flatMap(({ readme }) => readme?.workloads ?? []),
  ...refusals(environment),
];

const replicaReasons = (parties: readonly LocatedParty[]): string[] => {
  const reasons = parties.flatMap(({ name, replicasReason }) =>
    replicasReason === undefined ? [] : `${name}: ${replicasReason}.`,
  );
  return reasons.length === 0 ? [] : ['The number of replicas has a reason:', bullets(reasons)];
};

/** The total requests of the pods, with the node agents of all nodes. */
const totals = (environment: Environment, manifests: readonly Manifest[]): string[] => {
  const { nodes } = scaleOf(environment);
  const isAgent = ({ object }: Manifest): boolean => object.kind === 'DaemonSet';
  const row = (part: string, of: readonly Manifest[], times: number): string[] => {
    const { cpu, memory, memoryLimit } = totalsOf(of, times);
    return [part, formatCores(cpu), formatBytes(memory), formatBytes(memoryLimit)];
  };
  return [
    `In total, on ${plural(nodes, 'node')} (\`cluster.nodes\`):`,
    table(
      ['pods', 'CPU requests', 'memory requests', 'memory limits'],
      [
        row('node agents of one node', manifests.filter(isAgent), 1),
        row(
          'all other pods',
          manifests.filter((one) => !isAgent(one)),
          nodes,
        ),
        row(`all pods on ${plural(nodes, 'node')}`, manifests, nodes),
      ],
    ),
  ];
};

const ofKubelet = 'The kubelet exposes the metrics of containers.';

/** Where the metrics of nodes and containers come from, and the cost. */
const agents = (
  { cluster, nodeAgents, containerMetrics }: Environment,
  connections: readonly Connection[],
): string[] => {
  const { value: kubelet }: Platform['kubelet'] = platformOf(cluster.platform).kubelet;
  if (cluster.kubelet === undefined && kubelet.kind === 'unreachable') {
    return [
      `**There are no metrics of nodes and containers**: ${kubelet.reason}. Node agents do not run there either.`,
    ];
  }
  const isScraped = connectionsFor(connections, 'metrics').length > 0;
  const ofContainers = isScraped && containerMetrics !== 'cadvisor' ? ofKubelet : '';
  if (nodeAgents.kind === 'none') {
    return [
      `**No node agents run**: ${nodeAgents.reason}. So there are no metrics of the disks, network and load of the nodes. ${ofContainers}`.trim(),
    ];
  }
  return ofContainers ? [ofContainers] : [];
};

/** Nodes of the platform that reject the node agents. */
const refusals = ({ cluster, nodeAgents }: Environment): string[] => {
  const { value, source }: Platform['noNodeAgentsOn'] = platformOf(cluster.platform).noNodeAgentsOn;
  if (nodeAgents.kind === 'none' || value.length === 0) return [];
  const avoided: Platform['unreachableNodes'] = platformOf(cluster.platform).unreachableNodes;
  if (avoided) {
    return [
      `No node agents run on ${value.join(' or ')} ([source](${source})): they are not scheduled on nodes with the label ${code(`${avoided.value.label}=${avoided.value.value}`)}, whose kubelet is not scraped either. So there are no metrics of these nodes and their containers.`,
    ];
  }
  return [
    `Node agents cannot run on ${value.join(' or ')} ([source](${source})). If the cluster has no other nodes, set \`nodeAgents: { kind: 'none', reason: '…' }\`.`,
  ];
};

const rows = (manifests: readonly Manifest[]): string[][] =>
  podSets(manifests).flatMap(({ object, replicas, containers }) =>
    containers.map(({ name, image, resources }) => [
      `${object.kind} ${code(object.metadata.name)}`,
      object.kind === 'DaemonSet'
        ? 'one per node'
        : object.kind === 'CronJob'
          ? 'when started'
          : `${replicas}`,
      name,
      code(image),
      `${resources?.requests?.cpu ?? 'none'}`,
      `${resources?.requests?.memory ?? 'none'}`,
      `${resources?.limits?.memory ?? 'none'}`,
    ]),
  );
