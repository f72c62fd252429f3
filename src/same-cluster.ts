import { configFinding } from './config/faults.js';
import type { Finding } from './model/finding.js';
import { type KubernetesObject, titleOf } from './model/manifest.js';
import type { SynthesizedStack } from './output/synthesized-stack.js';
import { isPrivate } from './schema/private-host.js';

/** What several environments of one cluster would own together: objects, and ports of the nodes. */
export const sharedByStacks = (stacks: readonly SynthesizedStack[]): Finding[] =>
  stacks.flatMap((stack, index) => {
    const others = stacks.slice(0, index).filter((one) => inSameCluster(one, stack));
    return others.flatMap((other) => {
      const objects = sharedObjects(other, stack);
      return objects.length > 0 ? objects : sharedPorts(other, stack);
    });
  });

/**
 * Private addresses can be the same in several clusters, and so can names: one cluster has both. The public address
 * of an API server belongs to one cluster, whatever its name is.
 */
export const inSameCluster = (
  { environment: { cluster: one } }: SynthesizedStack,
  { environment: { cluster: other } }: SynthesizedStack,
): boolean =>
  one.apiServer.serviceAddress === other.apiServer.serviceAddress &&
  `${[...one.apiServer.endpointCidrs].sort()}` === `${[...other.apiServer.endpointCidrs].sort()}` &&
  (one.name === other.name || one.apiServer.endpointCidrs.some(isPublicAddress));

const isPublicAddress = (cidr: string): boolean => {
  const [, address = ''] = /^(.*)\/(?:32|128)$/.exec(cidr) ?? [];
  return address !== '' && !isPrivate(address);
};

/** The group, the kind and the name: a version of the API is no other object. */
const keyOf = (object: KubernetesObject): string =>
  `${object.apiVersion.replace(/\/?[^/]*$/, '')} ${titleOf(object)}`;

const sharedObjects = (other: SynthesizedStack, stack: SynthesizedStack): Finding[] => {
  const known = new Set(other.manifests.map(({ object }) => keyOf(object)));
  const shared = stack.manifests.filter(({ object }) => known.has(keyOf(object)));
  const [first] = shared;
  if (!first) return [];
  const { name, file, stack: own } = stack.environment;
  const isNamed = own !== other.environment.stack;
  return [
    configFinding({
      fault: 'shared-objects',
      place: { environment: name, file, path: isNamed ? 'namespaces' : 'stack' },
      message: `The environment '${other.environment.name}' of the same cluster has ${shared.length} of the same objects, such as ${titleOf(first.object)}.`,
      value: isNamed ? stack.environment.namespaces : own,
      ...(isNamed && { remedy: 'Give this environment namespaces of its own.' }),
    }),
  ];
};

const sharedPorts = (other: SynthesizedStack, stack: SynthesizedStack): Finding[] => {
  const taken = new Map(portsOf(other).map((one) => [one.port, one.party]));
  const { name, file } = stack.environment;
  return portsOf(stack)
    .filter(({ port }) => taken.has(port))
    .slice(0, 1)
    .map(({ port, path }) =>
      configFinding({
        fault: 'shared-node-port',
        place: { environment: name, file, path },
        message: `${taken.get(port)} of the environment '${other.environment.name}' has port ${port} of the same nodes.`,
        value: port,
      }),
    );
};

/** The ports of nodes that components have, and the options that set them. */
const portsOf = ({ parties }: SynthesizedStack) =>
  parties
    .filter(({ own }) => own)
    .flatMap(({ name, workloads, endpoints, declaration }) =>
      Object.entries(endpoints)
        .filter(([, { workload = name }]) => {
          const location = workloads[workload] ?? Object.values(workloads)[0];
          return location?.kind === 'pods' && location.hostNetwork === true;
        })
        .map(([endpoint, { port }]) => ({
          party: name,
          port,
          path: declaration
            ? `${declaration.path}.endpoints.${endpoint}.port`
            : `${name.replace(/-(\w)/g, (_, letter: string) => letter.toUpperCase())}.port`,
        })),
    );
