import { internet } from '../config/internet.js';
import { addressBlock, bareAddress } from '../config/server.js';
import type { Location } from '../model/location.js';
import { isPrivate } from '../schema/private-host.js';
import type { Document } from './document.js';
import { isIn, type Objects } from './object.js';

/** Where a server is, and the port on which its process listens. */
export interface ServerPlace {
  readonly location: Location;
  readonly port: number;
}

/**
 * The place of a server that an object names by host and port: pods of a Service in `applications/`, its own
 * address, or outside the cluster; undefined if it is in the cluster and its pods are unknown.
 */
export const serverPlace = (
  host: string,
  port: number,
  { application }: Pick<Document, 'application'>,
  { services }: Pick<Objects, 'services'>,
): ServerPlace | undefined => {
  const address = bareAddress(host);
  if (address !== undefined) {
    return { location: { kind: 'addresses', cidrs: [addressBlock(address)] }, port };
  }
  const [, name, namespace] =
    /^([a-z0-9-]+)\.([a-z0-9-]+)(?:\.svc(?:\.cluster\.local)?)?\.?$/.exec(host) ?? [];
  const service = services.find(
    (one) => one.name === name && namespace !== undefined && isIn(one, namespace, application),
  );
  const target = service?.ports.find((one) => one.port === port)?.targetPort;
  if (service?.selector && namespace !== undefined && typeof target === 'number') {
    return { location: { kind: 'pods', namespace, labels: service.selector }, port: target };
  }
  return !isPrivate(host) && !service ? { location: internet, port } : undefined;
};
