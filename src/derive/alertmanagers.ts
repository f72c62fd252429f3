import { authenticationConfig, tlsConfig } from '../model/client-config.js';
import { type Connection, connectionsFor } from '../model/connection.js';
import type { AlertmanagerTarget } from '../model/scrape-job.js';
import { targetsOf } from './targets.js';

/** The targets of a consumer of `alerts`: every replica directly, never a load balancer. */
export const alertmanagers = (outgoing: readonly Connection[]): AlertmanagerTarget[] =>
  connectionsFor(outgoing, 'alerts').map((connection) => {
    const { endpoint, offer } = connection;
    return {
      scheme: endpoint.scheme === 'https' ? 'https' : 'http',
      ...('path' in offer && offer.path ? { path_prefix: offer.path } : {}),
      ...authenticationConfig(endpoint),
      ...tlsConfig(endpoint),
      ...targetsOf(connection, 'cluster'),
    };
  });
