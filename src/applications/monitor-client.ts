import { loginsOf, proxiesOf } from '../config/native-client.js';
import type { Server } from '../config/server.js';
import type { Endpoint } from '../model/endpoint.js';
import type { Location } from '../model/location.js';
import { offer } from '../model/offer.js';
import { nativeClient } from './client.js';
import type { Document } from './document.js';
import type { MonitorEndpoint } from './endpoint-schema.js';
import type { Report } from './faults.js';
import { clientIdOf } from './oauth2.js';
import type { Objects } from './object.js';
import { serverPlace } from './server-place.js';

/** A proxy or a token server of a monitor: a workload and an endpoint of its party. */
export interface ClientServer {
  readonly location: Location;
  readonly endpoint: Endpoint;
}

/** How Prometheus requests the pages of an endpoint. */
export interface MonitorClient {
  /** In Prometheus's notation. */
  readonly native: Readonly<Record<string, unknown>>;
  readonly servers: readonly ClientServer[];
}

/** The client of an endpoint; reports an unknown client id, and servers whose pods are unknown. */
export const clientOf = (
  endpoint: MonitorEndpoint,
  path: string,
  document: Document,
  objects: Objects,
  report: Report,
): MonitorClient => {
  const { oauth2 } = endpoint;
  const clientId = oauth2 && clientIdOf(oauth2, document, objects);
  if (oauth2 && clientId === undefined) {
    report(`${path}.oauth2.clientId`, 'unknown-client-id', {
      value: `${oauth2.clientId.configMap.name}/${oauth2.clientId.configMap.key}`,
    });
  }
  const native = nativeClient(endpoint, clientId);
  const placed = (capability: 'proxy' | 'credentials', field: string) => (server: Server) => {
    const { host = '', port } = server;
    const found = serverPlace(host, port, document, objects);
    if (found) return [serverOf(server, found, capability)];
    report(`${path}.${field}`, 'unknown-server', { value: `${host}:${port}` });
    return [];
  };
  return {
    native,
    servers: [
      ...proxiesOf(native).flatMap(
        placed('proxy', endpoint.proxyUrl ? 'proxyUrl' : 'oauth2.proxyUrl'),
      ),
      ...loginsOf(native).flatMap(placed('credentials', 'oauth2.tokenUrl')),
    ],
  };
};

const serverOf = (
  { scheme, host, port }: Server,
  place: { readonly location: Location; readonly port: number },
  capability: 'proxy' | 'credentials',
): ClientServer => ({
  location: place.location,
  endpoint: {
    port: place.port,
    ...(place.port !== port && { servicePort: port }),
    scheme,
    ...(host !== undefined && { host }),
    ...(scheme === 'https' && { verification: { kind: 'public-ca' } }),
    offers: [offer(capability)],
  },
});
