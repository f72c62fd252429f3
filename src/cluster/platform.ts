import { type PlatformName, platformOf } from '../config/platforms.js';
import type { KubernetesObject } from '../model/manifest.js';
import type { Found } from './found.js';
import {
  isAutopilot,
  isFargate,
  isVirtual,
  type PlatformRule,
  platformRules,
} from './platform-rules.js';
import { isRead, objectsOf, type Reading } from './reading.js';

/** The platform of a cluster. */
export interface DetectedPlatform extends Found<PlatformName> {
  /** A distribution whose properties are not known: the platform is `generic`. */
  readonly distribution?: string;
  /** Whether the platform can be another one, since no nodes were read. @default false */
  readonly isUnknown?: boolean;
  /** What a user must know about the nodes. */
  readonly notes: readonly string[];
}

/** Recognizes the platform; without a sign, it is `generic`. */
export const detectPlatform = (reading: Reading): DetectedPlatform => {
  const nodes = objectsOf(reading, 'Node');
  const rule = platformRules.find((one) => matches(one, nodes, reading));
  if (!rule) {
    const isKnown = isRead(reading, 'Node');
    const from = isKnown ? 'no sign of another platform' : 'no Nodes were read, which show it';
    return { value: 'generic', from, notes: [], ...(!isKnown && { isUnknown: true }) };
  }
  const { platform, distribution, sign } = rule;
  return {
    value: platform,
    from: sign,
    ...(distribution && { distribution }),
    notes: notesOf(platform, nodes),
  };
};

const matches = (
  { node, everyNode, cluster }: PlatformRule,
  nodes: readonly KubernetesObject[],
  reading: Reading,
): boolean =>
  Boolean(
    (node && nodes.some(node)) ||
      (everyNode && nodes.length > 0 && nodes.every(everyNode)) ||
      cluster?.(reading),
  );

/** Kinds of nodes without node agents, if the cluster has some or can have them unseen. */
const notesOf = (platform: PlatformName, nodes: readonly KubernetesObject[]): string[] => {
  const share = (is: (node: KubernetesObject) => boolean, name: string): string[] => {
    const count = nodes.filter(is).length;
    return count > 0
      ? [`${count} of ${nodes.length} nodes are ${name}, on which node agents cannot run.`]
      : [];
  };
  if (platform === 'eks') return share(isFargate, 'Fargate');
  if (platform === 'gke') return share(isAutopilot, 'nodes of Autopilot');
  if (platform !== 'aks') return [];
  const [automatic] = platformOf('aks').noNodeAgentsOn.value;
  return [
    ...share(isVirtual, 'virtual nodes'),
    `On AKS ${automatic}, which no object shows, set nodeAgents: { kind: 'none', reason: '…' }.`,
  ];
};
