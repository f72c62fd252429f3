import {
  addressBlock,
  bareAddress,
  isInCluster,
  namespaceIn,
} from '../../../schema/private-host.js';

/** The labels of the pods behind Services, by `name.namespace`. */
export type Selectors = ReadonlyMap<string, Readonly<Record<string, string>>>;

/**
 * Where a host is, as far as its name says it. What is not known is empty, which no environment may have: the finding
 * asks for it.
 */
export const placeOf = (host: string, selectors: Selectors): object => {
  const address = bareAddress(host);
  if (address !== undefined) return { kind: 'addresses', cidrs: [addressBlock(address)] };
  const [name = '', second, ...more] = host.split('.');
  const namespace = namespaceIn(host) ?? (more.length === 0 ? second : undefined);
  if (namespace === undefined && second !== undefined && !isInCluster(host)) {
    return { kind: 'addresses', cidrs: [] };
  }
  const labels = selectors.get(`${name}.${namespace}`) ?? {};
  return { kind: 'pods', namespace: namespace ?? '', labels };
};

/** Whether a place must be completed. */
export const isOpen = (place: object): boolean =>
  Object.values(place).some(
    (one) => one === '' || (typeof one === 'object' && Object.keys(one).length === 0),
  );
