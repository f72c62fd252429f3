import { quantityValue } from './quantity.js';

// biome-ignore lint/suspicious/noExplicitAny: a container as it ships
type Container = any;

/**
 * What the containers of a pod request, or are limited to: the sum of those that run together, or a container that runs
 * alone before them, if it needs more.
 * https://kubernetes.io/docs/concepts/workloads/pods/init-containers/#resource-sharing-within-containers
 */
export const podAmount = (
  {
    containers,
    initContainers,
  }: { readonly containers?: unknown; readonly initContainers?: unknown },
  side: 'requests' | 'limits',
  resource: 'cpu' | 'memory',
): number => {
  const of = (one: Container): number => amountOf(one?.resources?.[side]?.[resource]);
  let sidecars = 0;
  let most = 0;
  for (const one of listOf(initContainers)) {
    if (one?.restartPolicy === 'Always') sidecars += of(one);
    else most = Math.max(most, sidecars + of(one));
  }
  return Math.max(
    most,
    listOf(containers).reduce((sum, one) => sum + of(one), sidecars),
  );
};

// A patch can have written any value.
const listOf = (value: unknown): readonly Container[] => (Array.isArray(value) ? value : []);

const amountOf = (quantity: unknown): number => {
  try {
    return quantity === undefined ? 0 : quantityValue(`${quantity}`);
  } catch {
    return 0;
  }
};
