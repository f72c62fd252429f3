import type { PlatformName } from '../config/platforms.js';
import type { KubernetesObject } from '../model/manifest.js';
import { blocksOf, compare, isAddress, single } from './blocks.js';
import type { Found } from './found.js';
import { objectOf, objectsOf, type Reading } from './reading.js';

/** How pods reach the API servers. */
export interface ApiServerFacts {
  readonly serviceAddress?: Found<string>;
  readonly endpointCidrs?: Found<readonly string[]>;
  readonly endpointPort?: Found<number>;
  /** The range of the Services. */
  readonly serviceCidrs?: Found<readonly string[]>;
}

/**
 * Platforms that give the API servers other addresses of the same subnets: at an upgrade of EKS
 * (https://docs.aws.amazon.com/eks/latest/userguide/network-reqs.html), or when containers start again.
 */
const moving: readonly PlatformName[] = ['eks', 'eks-fargate', 'kind', 'minikube'];

/** The Service `kubernetes`, and the servers behind it. */
export const apiServerFacts = (reading: Reading, platform: PlatformName): ApiServerFacts => {
  const address = objectOf(reading, 'Service', 'default', 'kubernetes')?.spec?.clusterIP;
  const slices = slicesOf(reading, 'default', 'kubernetes');
  const endpoints = slices
    .flatMap((one): string[] => (one.endpoints ?? []).flatMap(addressesOf))
    .filter(isAddress)
    .sort(compare);
  const ports = slices.flatMap((one): number[] =>
    (one.ports ?? []).flatMap(({ port }: { port?: number }) => port ?? []),
  );
  const ranges = objectsOf(reading, 'ServiceCIDR').flatMap(
    ({ spec }): string[] => spec?.cidrs ?? [],
  );
  const from = 'EndpointSlice default/kubernetes';
  const changes = moving.includes(platform);
  return {
    ...(isAddress(address) && {
      serviceAddress: { value: address, from: 'Service default/kubernetes' },
    }),
    ...(endpoints.length > 0 && {
      endpointCidrs: {
        value: changes
          ? blocksOf(endpoints, { smallest: platform === 'kind' ? 24 : 20, largest: 16 })
          : [...new Set(endpoints.map(single))],
        from: `${from}: ${[...new Set(endpoints)].join(', ')}${changes ? ', which can change' : ''}`,
      },
    }),
    ...(ports[0] && { endpointPort: { value: ports[0], from } }),
    ...(ranges.length > 0 && { serviceCidrs: { value: ranges, from: 'ServiceCIDRs' } }),
  };
};

const addressesOf = ({ addresses = [] }: { addresses?: string[] }): string[] => addresses;

/** The EndpointSlices of a Service. */
export const slicesOf = (
  reading: Reading,
  namespace: string,
  service: string,
): KubernetesObject[] =>
  objectsOf(reading, 'EndpointSlice').filter(
    ({ metadata }) =>
      metadata.namespace === namespace &&
      metadata.labels?.['kubernetes.io/service-name'] === service,
  );
