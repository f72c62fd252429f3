import type { CommonEnvironment } from '../config/common.js';
import type { GrafanaExposure } from '../config/exposure.js';
import { optional } from '../model/consumption.js';
import type { Endpoint } from '../model/endpoint.js';
import { serviceHost } from '../model/identity.js';
import type { PodLocation } from '../model/location.js';
import { health } from '../model/offer.js';
import type { Party } from '../model/party.js';

/** Ingress controllers, gateways and proxies in front of the stack: the only clients from outside. */
export const entries = ({ exposure }: CommonEnvironment): Party[] => {
  const { grafana, behindAuthProxy } = exposure ?? {};
  return [
    ...(grafana
      ? [
          {
            ...entry('ingress-controller', grafana.controller, 'public'),
            ...(grafana.probe && { endpoints: { public: publicEndpoint(grafana, grafana.probe) } }),
          },
        ]
      : []),
    ...(behindAuthProxy ? [entry('auth-proxy', behindAuthProxy.proxy, 'internal')] : []),
  ];
};

/**
 * The public host, reached through the Service of the controller: its public address can be that of a
 * load balancer, which no policy can select.
 */
const publicEndpoint = (
  { host, controller }: GrafanaExposure,
  { service, port, podPort = port, verified }: NonNullable<GrafanaExposure['probe']>,
): Endpoint => ({
  port: podPort,
  servicePort: port,
  scheme: 'https',
  host: serviceHost({ name: service, namespace: controller.namespace }),
  virtualHost: host,
  verification: verified
    ? { kind: 'public-ca' }
    : { kind: 'unverified', reason: 'a private certificate authority signs its certificate' },
  offers: [health('/healthz')],
});

const entry = (
  name: string,
  pods: Omit<PodLocation, 'kind'>,
  variant: 'public' | 'internal',
): Party => ({
  name,
  workloads: { [name]: { kind: 'pods', ...pods } },
  endpoints: {},
  consumes: [optional('web', { variant })],
});
