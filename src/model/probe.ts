import type { Endpoint } from './endpoint.js';
import type { HealthOffer } from './offer.js';

/** An HTTP probe. */
export interface Probe {
  readonly path: string;
  readonly port: number;
  readonly scheme: 'HTTP' | 'HTTPS';
  /** Only on the host network, where a server can listen on loopback only. */
  readonly host?: string;
  readonly periodSeconds: number;
  readonly timeoutSeconds: number;
  readonly failureThreshold: number;
}

/** The probes of one container. */
export interface Probes {
  readonly liveness: Probe;
  readonly readiness: Probe;
  readonly startup?: Probe;
}

/** A server counts as dead after a minute without an answer, and as not ready after half a minute. */
export const probesOf = (
  { port, scheme }: Endpoint,
  { live, ready = live, startSeconds }: HealthOffer,
  host?: string,
): Probes => {
  const probe = (path: string, periodSeconds: number, failureThreshold: number): Probe => ({
    path,
    port,
    scheme: scheme === 'https' ? 'HTTPS' : 'HTTP',
    ...(host ? { host } : {}),
    periodSeconds,
    timeoutSeconds: 5,
    failureThreshold,
  });
  return {
    liveness: probe(live, 10, 6),
    readiness: probe(ready, 5, 6),
    ...(startSeconds ? { startup: probe(live, 5, Math.ceil(startSeconds / 5)) } : {}),
  };
};
