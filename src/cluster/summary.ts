import { kubernetesMinors } from '../config/kubernetes.js';
import { platformOf } from '../config/platforms.js';
import { waysOf } from './draft-exposure.js';
import type { ClusterFacts } from './facts.js';
import type { Found } from './found.js';

/** A line of the report: what, the value, and where it was found. */
export type SummaryLine = readonly [name: string, value: string, from: string];

const text = (value: unknown): string =>
  Array.isArray(value)
    ? value.join(', ')
    : typeof value === 'object' && value !== null
      ? Object.entries(value)
          .map(([key, one]) => `${key} ${text(one)}`)
          .join(', ')
      : String(value);

/** A line about what the cluster does not have, which is unknown if the kind was not read. */
const lack = (
  { unread }: ClusterFacts,
  kind: string,
  ...[name, value, from]: SummaryLine
): SummaryLine => (unread.includes(kind) ? [name, 'unknown', ''] : [name, value, from]);

const line = (name: string, fact: Found<unknown> | undefined): SummaryLine =>
  fact ? [name, text(fact.value), fact.from] : [name, 'not found', ''];

/** What was found, and where. */
export const summary = (facts: ClusterFacts): SummaryLine[] => {
  const { platform, nodes, apiServer, dns, networkPlugin, storage, monitoring } = facts;
  const socket = platformOf(platform.value).containerdSocket;
  const policies = { true: ', enforces policies', false: ', does not enforce policies' };
  return [
    [
      'platform',
      platform.isUnknown
        ? 'unknown'
        : platform.distribution
          ? `${platform.value} (${platform.distribution})`
          : platform.value,
      platform.from,
    ],
    line('version', nodes?.versions),
    line('nodes', nodes?.count),
    line('cores of a node', nodes?.cores),
    line('pods', facts.pods),
    line('node addresses', nodes?.cidrs),
    line('Service range', apiServer.serviceCidrs),
    line('API server, Service', apiServer.serviceAddress),
    line('API servers', apiServer.endpointCidrs),
    line('API servers, port', apiServer.endpointPort),
    line('DNS pods', dns.pods),
    line('DNS pods, port', dns.port),
    dns.localAddresses
      ? line('DNS cache on nodes', dns.localAddresses)
      : lack(facts, 'Pod', 'DNS cache on nodes', 'none', 'no pods k8s-app: node-local-dns'),
    [
      'network plugin',
      `${networkPlugin.value}${policies[`${networkPlugin.enforces}` as 'true'] ?? ''}`,
      networkPlugin.from,
    ],
    line('storage class', storage),
    line('container runtime', nodes?.runtimes),
    ...(socket ? [['its socket', socket.value, `platform ${platform.value}`] as const] : []),
    ['ways in', waysOf(facts), 'IngressClasses, Gateways'],
    lack(
      facts,
      'PriorityClass',
      'priority classes',
      text(facts.priorityClasses) || 'none of its own',
      'PriorityClasses',
    ),
    monitoring.operator
      ? ['Prometheus operator', 'installed', monitoring.operator.from]
      : lack(facts, 'APIService', 'Prometheus operator', 'none', 'no API monitoring.coreos.com'),
    lack(
      facts,
      monitoring.taken.length > 0 ? '' : 'Pod',
      'ports 9100, 9101 of nodes',
      monitoring.taken.map(({ port, by }) => `${port}: ${by}`).join(', ') || 'free',
      'Pods',
    ),
    ['size', facts.size.value, facts.size.from],
  ];
};

/** One sentence about what no option has. */
export const about = ({ nodes, networkPlugin, apiServer }: ClusterFacts): string =>
  [
    `Kubernetes ${nodes?.versions.value.join(', ') || 'of an unknown version'}`,
    `container runtime ${nodes?.runtimes.value.join(', ') || 'unknown'}`,
    `network plugin ${networkPlugin.value}`,
    `Services in ${apiServer.serviceCidrs?.value.join(', ') ?? 'an unknown range'}.`,
  ].join('; ');

/** What a user should know before the first synth. */
export const warnings = (facts: ClusterFacts): string[] => {
  const old = (facts.nodes?.versions.value ?? []).filter((one) => isOld(one));
  return [
    ...facts.platform.notes,
    ...(old.length > 0
      ? [
          `Kubernetes ${old.join(', ')} is older than ${kubernetesMinors.oldest}, the oldest that is tested.`,
        ]
      : []),
    ...(facts.networkPlugin.enforces === false
      ? [`${facts.networkPlugin.value} does not enforce network policies: they have no effect.`]
      : []),
    ...(facts.monitoring.operator
      ? ['Monitors of the Prometheus operator can be copied to applications/.']
      : []),
  ];
};

const isOld = (version: string): boolean => {
  const [, minor = ''] = /^v1\.(\d+)/.exec(version) ?? [];
  return minor !== '' && Number(minor) < Number(kubernetesMinors.oldest.split('.')[1]);
};
