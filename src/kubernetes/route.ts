import { ApiObject } from 'cdk8s';
import type { Construct } from 'constructs';
import type { Endpoint } from '../model/endpoint.js';
import type { Identity } from '../model/identity.js';
import { api } from './api.js';

/** How host names are routed to a workload. */
export type Route = {
  /** All of them lead to the same pages. */
  readonly hosts: readonly string[];
  /** The path below which the server serves its pages, which is kept. @default - the root */
  readonly path?: string;
  readonly annotations?: Readonly<Record<string, string>>;
} & (
  | {
      readonly kind: 'ingress';
      /** @default - not set */
      readonly ingressClass?: string;
      /** The Secret of the certificate, or what else has it. */
      readonly tlsSecret: string | { readonly heldBy: 'controller' | 'load-balancer' };
    }
  | {
      readonly kind: 'gateway';
      readonly gateway: {
        readonly namespace: string;
        readonly name: string;
        readonly listener?: string;
      };
    }
);

/** Exposes one endpoint of a workload at host names. */
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

const metadataOf = ({ name, namespace, labels }: Identity, { annotations = {} }: Route) => ({
  name,
  namespace,
  labels: { ...labels },
  ...(Object.keys(annotations).length > 0 && { annotations: { ...annotations } }),
});

const ingress = (
  scope: Construct,
  identity: Identity,
  endpointName: string,
  options: Extract<Route, { kind: 'ingress' }>,
): void => {
  const { hosts, path = '/', ingressClass, tlsSecret } = options;
  const backend = { service: { name: identity.name, port: { name: endpointName } } };
  new api.KubeIngress(scope, 'ingress', {
    metadata: metadataOf(identity, options),
    spec: {
      ingressClassName: ingressClass,
      tls: tlsOf(tlsSecret, hosts),
      rules: hosts.map((host) => ({
        host,
        http: { paths: [{ path, pathType: 'Prefix', backend }] },
      })),
    },
  });
};

/** Without a Secret, a controller uses its own certificate for the hosts. */
const tlsOf = (
  secret: Extract<Route, { kind: 'ingress' }>['tlsSecret'],
  hosts: readonly string[],
) => {
  if (typeof secret === 'string') return [{ hosts: [...hosts], secretName: secret }];
  return secret.heldBy === 'controller' ? [{ hosts: [...hosts] }] : undefined;
};

const httpRoute = (
  scope: Construct,
  identity: Identity,
  port: number,
  options: Extract<Route, { kind: 'gateway' }>,
): void => {
  const { hosts, path = '/', gateway } = options;
  new ApiObject(scope, 'http-route', {
    apiVersion: 'gateway.networking.k8s.io/v1',
    kind: 'HTTPRoute',
    metadata: metadataOf(identity, options),
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
      hostnames: [...hosts],
      rules: [
        {
          matches: [{ path: { type: 'PathPrefix', value: path } }],
          backendRefs: [{ kind: 'Service', name: identity.name, port }],
        },
      ],
    },
  });
};
