import type { Environment } from '../../config/environment.js';
import { type Platform, platformOf } from '../../config/platforms.js';
import type { LocatedParty } from '../../derive/locate.js';
import type { Manifest } from '../../model/manifest.js';
import { podSets } from '../total.js';
import { bullets, code, table } from './markdown.js';

/** What runs, in how many replicas, and why so many. */
export const workloads = (
  { cluster, nodeAgents, containerMetrics }: Environment,
  parties: readonly LocatedParty[],
  manifests: readonly Manifest[],
): string[] => [
  '## Workloads',
  table(
    ['workload', 'replicas', 'container', 'image', 'CPU request', 'memory request', 'memory limit'],
    rows(manifests),
  ),
  'The number of replicas has a reason:',
  bullets(
    parties.flatMap(({ name, replicasReason }) =>
      replicasReason === undefined ? [] : `${name}: ${replicasReason}.`,
    ),
  ),
  nodeAgents.kind === 'none'
    ? `**No node agents run**: ${nodeAgents.reason}. So nothing tells of the nodes' own disks, network and load; the kubelet tells what containers use.`
    : `${containerMetrics === 'cadvisor' ? 'cAdvisor' : 'The kubelet'} tells what containers use.`,
  ...(nodeAgents.kind === 'deployed' ? refusals(platformOf(cluster.platform)) : []),
];

/** On which nodes of the platform the node agents would be refused. */
const refusals = ({ noNodeAgentsOn: { value, source } }: Platform): string[] =>
  value.length === 0
    ? []
    : [
        `Node agents may not run on ${value.join(' or ')} ([source](${source})): with these alone, say \`nodeAgents: { kind: 'none', reason: '…' }\`.`,
      ];

const rows = (manifests: readonly Manifest[]): string[][] =>
  podSets(manifests).flatMap(({ object, replicas, containers }) =>
    containers.map(({ name, image, resources }) => [
      `${object.kind} ${code(object.metadata.name)}`,
      object.kind === 'DaemonSet' ? 'one a node' : `${replicas}`,
      name,
      code(image),
      `${resources?.requests?.cpu ?? 'none'}`,
      `${resources?.requests?.memory ?? 'none'}`,
      `${resources?.limits?.memory ?? 'none'}`,
    ]),
  );
