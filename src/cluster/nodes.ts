import type { PlatformName } from '../config/platforms.js';
import type { KubernetesObject } from '../model/manifest.js';
import { type BlockRule, blocksOf, isAddress, overlap } from './blocks.js';
import type { Found } from './found.js';
import { objectsOf, type Reading } from './reading.js';

/** What the nodes tell about a cluster. */
export interface NodeFacts {
  readonly count: Found<number>;
  /** Average cores of a node, rounded up. */
  readonly cores: Found<number>;
  /** Blocks with the addresses of all nodes. */
  readonly cidrs: Found<readonly string[]>;
  /** Versions of the kubelets. */
  readonly versions: Found<readonly string[]>;
  /** Names and versions of the container runtimes, such as `containerd://2.1.4`. */
  readonly runtimes: Found<readonly string[]>;
}

/** Platforms whose nodes come and go, with addresses of larger subnets. */
const elastic: readonly PlatformName[] = ['eks', 'eks-fargate', 'gke', 'gke-autopilot', 'aks'];

const ruleOf = (platform: PlatformName): BlockRule =>
  elastic.includes(platform) ? { smallest: 20, largest: 16 } : { smallest: 24, largest: 20 };

/** Undefined if no node is known. */
export const nodeFacts = (reading: Reading, platform: PlatformName): NodeFacts | undefined => {
  const nodes = objectsOf(reading, 'Node');
  if (nodes.length === 0) return undefined;
  const addresses = nodes.flatMap(addressesOf);
  const from = `${nodes.length === 1 ? 'the node' : `${nodes.length} nodes`}`;
  const cores = nodes.map(coresOf).filter((one) => one > 0);
  return {
    count: { value: nodes.length, from: 'Nodes' },
    cores: {
      value: Math.ceil(cores.reduce((sum, one) => sum + one, 0) / Math.max(1, cores.length)),
      from: 'Nodes, status.capacity.cpu',
    },
    cidrs: {
      value: withoutPods(blocksOf(addresses, ruleOf(platform)), addresses, nodes),
      from: `the addresses of ${from}: ${shortened(addresses)}`,
    },
    versions: {
      value: distinct(nodes.map(({ status }) => status?.nodeInfo?.kubeletVersion)),
      from: 'Nodes, status.nodeInfo',
    },
    runtimes: {
      value: distinct(nodes.map(({ status }) => status?.nodeInfo?.containerRuntimeVersion)),
      from: 'Nodes, status.nodeInfo',
    },
  };
};

const addressesOf = ({ status }: KubernetesObject): string[] =>
  (status?.addresses ?? [])
    .filter(({ type }: { type: string }) => type === 'InternalIP')
    .map(({ address }: { address: string }) => address)
    .filter(isAddress);

/** Blocks that contain no addresses of pods, as far as nodes state them. */
const withoutPods = (
  blocks: readonly string[],
  addresses: readonly string[],
  nodes: readonly KubernetesObject[],
): readonly string[] => {
  const pods: string[] = nodes.flatMap(({ spec }) => spec?.podCIDRs ?? []);
  return blocks.some((block) => pods.some((other) => overlap(block, other)))
    ? blocksOf(addresses, { smallest: 32, largest: 32 })
    : blocks;
};

const coresOf = ({ status }: KubernetesObject): number => {
  const text = `${status?.capacity?.cpu ?? ''}`;
  return text.endsWith('m') ? Number.parseInt(text, 10) / 1000 : Number(text) || 0;
};

const distinct = (values: readonly unknown[]): string[] =>
  [...new Set(values.filter((one): one is string => typeof one === 'string' && one !== ''))].sort();

const shortened = (addresses: readonly string[]): string =>
  addresses.length > 4 ? `${addresses.slice(0, 3).join(', ')}, …` : addresses.join(', ');
