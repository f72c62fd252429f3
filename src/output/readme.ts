import { kubernetesMinors } from '../config/kubernetes.js';
import { diagram } from '../derive/diagram.js';
import type { Environment } from '../environment/environment.js';
import { scaleOf } from '../environment/setting.js';
import { type Manifest, titleOf } from '../model/manifest.js';
import { plural } from '../model/plural.js';
import { formatBytes, formatCores } from '../model/quantity.js';
import { generatedMark } from './files.js';
import { absences } from './readme/absence.js';
import { addresses } from './readme/address.js';
import { alerts } from './readme/alert.js';
import { applications } from './readme/application.js';
import { controlPlaneSettings } from './readme/control-plane.js';
import { type Load, load } from './readme/load.js';
import { loadTests } from './readme/load-test.js';
import { bullets, code, table } from './readme/markdown.js';
import { notifications } from './readme/notification.js';
import { objectives } from './readme/objective.js';
import { exceptions, openings } from './readme/opening.js';
import { outsideGrafana } from './readme/outside-grafana.js';
import { prerequisites } from './readme/prerequisite.js';
import { reachability } from './readme/reachability.js';
import { rights } from './readme/right.js';
import { rotations } from './readme/rotation.js';
import { storage } from './readme/storage.js';
import { workloads } from './readme/workload.js';
import type { SynthesizedStack } from './synthesized-stack.js';
import { type Totals, totalsOf } from './total.js';

/** The README next to the manifests: what is deployed, what it requires, who is notified, what is open. */
export const readme = (stack: SynthesizedStack, expected?: Load): string => {
  const { environment, parties, connections, manifests } = stack;
  const totals = totalsOf(manifests, scaleOf(environment).nodes);
  return [
    `<!-- ${generatedMark.slice(2)} -->`,
    ...introduction(stack, totals),
    ...addresses(environment.stack, parties, connections),
    ...applications(stack),
    ...objectives(stack),
    ...loadTests(stack),
    ...notifications(stack),
    ...workloads(stack),
    ...absences(environment, stack.absent, stack.prerequisites),
    ...outsideGrafana(stack),
    ...storage(environment, parties, manifests, totals),
    ...load(environment, expected),
    '## Topology',
    `\`\`\`mermaid\n${diagram(parties, connections)}\n\`\`\``,
    ...prerequisites(stack.prerequisites, totals),
    ...controlPlaneSettings(environment),
    ...rotations(stack.prerequisites),
    ...alerts(stack),
    ...exceptions(manifests),
    ...rights(manifests),
    ...reachability(environment, connections),
    ...openings(stack),
    ...parties.flatMap(({ readme: { sections = [] } = {} }) => sections),
    ...waivers(environment),
    ...patches(manifests),
    '',
  ].join('\n\n');
};

const introduction = ({ environment }: SynthesizedStack, totals: Totals): string[] => {
  const { name, stack, stage, cluster, size } = environment;
  return [
    `# ${name}: what is deployed`,
    `The stack \`${stack}\` for the cluster \`${cluster.name}\` (${cluster.platform}), stage \`${stage}\`, size \`${size}\`: ${totals.objects} objects that request ${formatCores(totals.cpu)} CPU and ${formatBytes(totals.memory)} of memory on ${plural(scaleOf(environment).nodes, 'node')}.`,
    `For Kubernetes ${kubernetesMinors.oldest} to ${kubernetesMinors.newest}: the live tests run the oldest and the newest of these. Newer releases probably work; older ones do not have all fields and metrics that this stack uses.`,
    '```sh\nkubectl apply -f .   # or: kubectl apply -k .\n```',
  ];
};

const waivers = ({ waivers: accepted }: Environment): string[] =>
  accepted.length === 0
    ? []
    : [
        '## Accepted findings',
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
        'The patch of the environment changed these objects:',
        bullets(patched),
      ];
};
