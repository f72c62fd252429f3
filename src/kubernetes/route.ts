import { ApiObject } from 'cdk8s';
import type { Construct } from 'constructs';
import type { Endpoint } from '../model/endpoint.js';
import type { Identity } from '../model/identity.js';
import { api } from './api.js';

/** How a host name is routed to a workload. */
export type Route = { readonly host: string } & (
  | { readonly kind: 'ingress'; readonly ingressClass: string; readonly tlsSecret: string }
  | {
      readonly kind: 'gateway';
      readonly gateway: {
        readonly namespace: string;
        readonly name: string;
        readonly listener?: string;
      };
    }
);

/** Exposes one endpoint of a workload at a host name. */
export const route = (
  scope: Construct,
  identity: Identity,
  endpointName: string,
  { port }: Endpoint,
  options: Route,
): void => {
  if (options.kind === 'ingress') ingress(scope, identity, endpointName, options);
  else httpRoute(scope, identity, port, options);
};

const ingress = (
  scope: Construct,
  { name, namespace, labels }: Identity,
  endpointName: string,
  { host, ingressClass, tlsSecret }: Extract<Route, { kind: 'ingress' }>,
): void => {
  const backend = { service: { name, port: { name: endpointName } } };
  new api.KubeIngress(scope, 'ingress', {
    metadata: { name, namespace, labels: { ...labels } },
    spec: {
      ingressClassName: ingressClass,
      tls: [{ hosts: [host], secretName: tlsSecret }],
      rules: [{ host, http: { paths: [{ path: '/', pathType: 'Prefix', backend }] } }],
    },
  });
};

const httpRoute = (
  scope: Construct,
  { name, namespace, labels }: Identity,
  port: number,
  { host, gateway }: Extract<Route, { kind: 'gateway' }>,
): void => {
  new ApiObject(scope, 'http-route', {
    apiVersion: 'gateway.networking.k8s.io/v1',
    kind: 'HTTPRoute',
    metadata: { name, namespace, labels: { ...labels } },
    spec: {
      parentRefs: [
        {
          group: 'gateway.networking.k8s.io',
          kind: 'Gateway',
          namespace: gateway.namespace,
          name: gateway.name,
          ...(gateway.listener && { sectionName: gateway.listener }),
        },
      ],
      hostnames: [host],
      rules: [
        {
          matches: [{ path: { type: 'PathPrefix', value: '/' } }],
          backendRefs: [{ kind: 'Service', name, port }],
        },
      ],
    },
  });
};
