import { type Connection, connectionsFor } from '../model/connection.js';
import type { Finding } from '../model/finding.js';
import { seconds } from '../promql/duration.js';
import { connectionFinding } from './faults.js';

/** Metrics pages whose scrapes may last longer than their interval; `usual` is the interval of the environment. */
export const longTimeouts = (connections: readonly Connection[], usual: string): Finding[] => {
  const seen = new Set<string>();
  return connectionsFor(connections, 'metrics').flatMap((connection): Finding[] => {
    const { offer, provider, endpoint, endpointName } = connection;
    const { interval = usual, timeout } = offer;
    const index = endpoint.offers.indexOf(offer);
    const path = `${provider.party}.endpoints.${endpointName}.offers[${index}].timeout`;
    if (timeout === undefined || seen.has(path)) return [];
    if ((seconds(timeout) ?? 0) <= (seconds(interval) ?? 0)) return [];
    seen.add(path);
    return [
      connectionFinding({
        fault: 'long-timeout',
        place: { path },
        message: `The timeout of a scrape is longer than its interval of ${interval}.`,
        value: timeout,
        remedy: `Set it to at most ${interval}, or set a longer interval.`,
      }),
    ];
  });
};
