import { listOf, recordOf } from '../../support/untyped.js';
import type { Result } from './faults.js';
import type { ConfiguredAddress, Place } from './place.js';

/**
 * Addresses of a pod or its node before a port, without brackets. In a cluster with IPv6, the address
 * itself has colons.
 */
export const withoutBrackets = (place: Place, nodeCidrs: readonly string[]): Result[] => {
  if (!nodeCidrs.some((block) => block.includes(':'))) return [];
  return place.addresses
    .filter(({ host, port, ...one }) => port !== undefined && isPodAddress(host, one, place))
    .map((one) =>
      one.at({
        path: one.path,
        fault: 'no-brackets',
        value: one.value,
        remedy: `Use [${one.host}]:${one.port}.`,
      }),
    );
};

const isPodAddress = (
  host: string,
  { container: path }: Pick<ConfiguredAddress, 'container'>,
  { template }: Place,
): boolean => {
  const [, variable] = /^\$\((\w+)\)$/.exec(host) ?? [];
  const container = template.containers.find((one) => one.path === path)?.container;
  return listOf(container?.env).some(
    ({ name, valueFrom }) =>
      name === variable &&
      /^status\.(podIP|hostIP)$/.test(`${recordOf(recordOf(valueFrom).fieldRef).fieldPath}`),
  );
};
