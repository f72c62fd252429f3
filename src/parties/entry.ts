import type { CommonEnvironment } from '../config/common.js';
import { addressesOf, type GrafanaExposure, type Source } from '../config/exposure.js';
import { internet } from '../config/internet.js';
import { optional } from '../model/consumption.js';
import type { Endpoint } from '../model/endpoint.js';
import { serviceHost } from '../model/identity.js';
import type { Location } from '../model/location.js';
import { health } from '../model/offer.js';
import type { Party } from '../model/party.js';

/** Ingress controllers, gateways, load balancers and proxies in front of the stack: the only clients from outside. */
export const entries = ({ exposure }: CommonEnvironment): Party[] => {
  const { grafana, behindAuthProxy } = exposure ?? {};
  return [
    ...(grafana ? [ingressController(grafana)] : []),
    ...(behindAuthProxy ? [entry('auth-proxy', behindAuthProxy.proxy, 'internal')] : []),
  ];
};

const ingressController = (grafana: GrafanaExposure): Party => {
  const party = entry('ingress-controller', grafana.controller, 'public');
  const { probe, controller } = grafana;
  if (probe === undefined) return party;
  if (probe.kind === 'service' && controller.kind === 'pods') {
    const host = serviceHost({ name: probe.service, namespace: controller.namespace });
    const { port, podPort = port } = probe;
    return {
      ...party,
      endpoints: { public: publicPage(grafana, { host, port: podPort, servicePort: port }) },
    };
  }
  return {
    ...party,
    workloads: { ...party.workloads, public: (probe.kind === 'host' && probe.at) || internet },
    endpoints: {
      public: publicPage(grafana, { host: grafana.host, port: probe.port, workload: 'public' }),
    },
    consumes: party.consumes.map((one) => ({ ...one, workload: party.name })),
  };
};

/**
 * The public host: reached through the Service of a controller in pods, since its public address can be that of a load
 * balancer, which no policy can select; otherwise by its own name.
 */
const publicPage = (
  { host, path = '', probe }: GrafanaExposure,
  at: Pick<Endpoint, 'host' | 'port' | 'servicePort' | 'workload'>,
): Endpoint => ({
  ...at,
  scheme: 'https',
  virtualHost: host,
  verification: probe?.verified
    ? { kind: 'public-ca' }
    : { kind: 'unverified', reason: 'a private certificate authority signs its certificate' },
  offers: [health(`${path}/healthz`)],
});

const entry = (name: string, source: Source, variant: 'public' | 'internal'): Party => ({
  name,
  workloads: { [name]: locationOf(source) },
  endpoints: {},
  consumes: [optional('web', { variant })],
});

const locationOf = (source: Source): Location => {
  if (source.kind === 'pods') return source;
  return { kind: 'addresses', cidrs: addressesOf(source) ?? [] };
};
