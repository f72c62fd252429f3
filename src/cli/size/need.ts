import { type Expected, expectedOf } from '../../checks/support/load/expected.js';
import type { Need } from '../../checks/support/load/need.js';
import type { CheckInput } from '../../model/check.js';
import { quantityValue } from '../../model/quantity.js';
import type { SynthesizedStack } from '../../output/synthesized-stack.js';
import { type Totals, totalsOf } from '../../output/total.js';
import { checkInputOf } from '../../run-checks.js';

/** The most nodes of a cluster that Kubernetes supports: https://kubernetes.io/docs/setup/best-practices/cluster-large/ */
export const mostNodes = 5000;

/** What a Prometheus of a stack needs and has; memory and disk are in bytes. */
export interface PrometheusSize {
  readonly need: Need;
  /** Memory request. */
  readonly memory: number;
  /** What may be used of the volume. @default - no limit */
  readonly disk?: number;
  /** Seconds. */
  readonly retention: number;
  readonly replicas: number;
  /** Nodes of a cluster with as many pods on each node for which it is sufficient; at most `mostNodes`. */
  readonly enoughFor: number;
  /** What is insufficient for more nodes. @default - nothing */
  readonly limit?: 'memory' | 'disk';
}

/** The size of a stack. */
export interface StackSize {
  /** The requests of all pods, and the volumes. */
  readonly totals: Totals;
  /** @default - it has no Prometheus */
  readonly prometheus?: PrometheusSize;
}

/** The size of a stack in the cluster of its environment. */
export const sizeOfStack = (stack: SynthesizedStack): StackSize => {
  const input = checkInputOf(stack, [], {});
  const expected = expectedOf(input);
  return {
    totals: totalsOf(stack.manifests, input.scale.nodes),
    ...(expected && { prometheus: prometheusSize(expected, input) }),
  };
};

const prometheusSize = (expected: Expected, input: CheckInput): PrometheusSize => {
  const { need, retention, file } = expected;
  const resources = file.container.container.resources as { requests?: { memory?: string } };
  const has = {
    memory: quantityValue(resources?.requests?.memory ?? '0'),
    ...(retention.size !== undefined && { disk: retention.size }),
  };
  return {
    need,
    ...has,
    retention: retention.seconds,
    replicas: file.template.replicas ?? 1,
    ...enoughFor(input, has),
  };
};

type Has = Pick<PrometheusSize, 'memory' | 'disk'>;

const enoughFor = (input: CheckInput, has: Has): Pick<PrometheusSize, 'enoughFor' | 'limit'> => {
  const lacking = (nodes: number) => lackOf(needAt(input, nodes), has);
  // The need grows with the nodes: the first number for which something is lacking.
  let [enough, lacks] = [0, mostNodes + 1];
  while (lacks - enough > 1) {
    const middle = Math.floor((enough + lacks) / 2);
    if (lacking(middle)) lacks = middle;
    else enough = middle;
  }
  const limit = lacks > mostNodes ? undefined : lacking(lacks);
  return { enoughFor: enough, ...(limit && { limit }) };
};

/** What Prometheus needs in a cluster with another number of nodes, and as many pods on each. */
export const needAt = (input: CheckInput, nodes: number): Need => {
  const pods = Math.round((input.scale.pods / input.scale.nodes) * nodes);
  return expectedOf({ ...input, scale: { ...input.scale, nodes, pods } })!.need;
};

const lackOf = (need: Need, { memory, disk }: Has): 'memory' | 'disk' | undefined => {
  if (need.memory > memory) return 'memory';
  return disk !== undefined && need.disk > disk ? 'disk' : undefined;
};
