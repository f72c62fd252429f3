import type { Environment } from '../config/environment.js';
import { diagram } from '../derive/diagram.js';
import { type Manifest, titleOf } from '../model/manifest.js';
import { formatBytes, formatCores } from '../model/quantity.js';
import { generatedMark } from './files.js';
import { addresses } from './readme/address.js';
import { alerts } from './readme/alert.js';
import { type Load, load } from './readme/load.js';
import { bullets, code, table } from './readme/markdown.js';
import { notifications } from './readme/notification.js';
import { exceptions, openings } from './readme/opening.js';
import { prerequisites } from './readme/prerequisite.js';
import { reachability } from './readme/reachability.js';
import { storage } from './readme/storage.js';
import { workloads } from './readme/workload.js';
import type { Stack } from './stack.js';
import { type Totals, totalsOf } from './total.js';

/** The page beside the manifests: what is deployed, what it needs, who is told, what is open. */
export const readme = (stack: Stack, expected?: Load): string => {
  const { environment, parties, connections, manifests } = stack;
  const totals = totalsOf(manifests);
  return [
    `<!-- ${generatedMark.slice(2)} -->`,
    ...introduction(stack, totals),
    ...addresses(environment, parties),
    ...notifications(environment),
    ...workloads(environment, parties, manifests),
    ...storage(environment, totals),
    ...load(environment, expected),
    '## Topology',
    `\`\`\`mermaid\n${diagram(parties, connections)}\n\`\`\``,
    ...prerequisites(stack.prerequisites),
    ...alerts(stack),
    ...exceptions(manifests),
    ...reachability(environment, connections),
    ...openings(environment, connections, manifests),
    ...grafanaPassword(stack),
    ...waivers(environment),
    ...patches(manifests),
    '',
  ].join('\n\n');
};

const introduction = ({ environment }: Stack, totals: Totals): string[] => {
  const { name, stack, stage, cluster, size } = environment;
  return [
    `# ${name}: what is deployed`,
    `The stack \`${stack}\` for the cluster \`${cluster.name}\` (${cluster.platform}), stage \`${stage}\`, size \`${size}\`: ${totals.objects} objects that request ${formatCores(totals.cpu)} CPU and ${formatBytes(totals.memory)} of memory, a node agent counted once, for one node.`,
    '```sh\nkubectl apply -f .   # or: kubectl apply -k .\n```',
  ];
};

const grafanaPassword = ({ environment }: Stack): string[] =>
  environment.grafana.credentials
    ? []
    : [
        `## Grafana's password
It was made in the cluster at Grafana's first start, and lies on its volume:`,
        `\`\`\`sh
kubectl -n ${environment.namespaces.stack} exec ${environment.stack}-grafana-0 -c grafana -- cat /var/lib/grafana/credentials/admin-password
\`\`\``,
      ];

const waivers = ({ waivers: accepted }: Environment): string[] =>
  accepted.length === 0
    ? []
    : [
        '## Findings that are accepted',
        table(
          ['check', 'at', 'reason'],
          accepted.map(({ check, at, reason }) => [check, code(at), reason]),
        ),
      ];

const patches = (manifests: readonly Manifest[]): string[] => {
  const patched = manifests.filter((one) => one.patched).map(({ object }) => titleOf(object));
  return patched.length === 0
    ? []
    : [
        '## Patched objects',
        "The environment's patch changed these after they were made:",
        bullets(patched),
      ];
};
