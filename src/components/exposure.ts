import type { ProxyExposure } from '../config/exposure.js';
import { certManagerAnnotations } from '../config/load-balancer.js';
import { pathIn, prefixOf } from '../config/public-address.js';
import type { Route } from '../kubernetes/route.js';
import type { DeclaredPrerequisite } from '../model/prerequisite.js';

/** How a component without a login is served to users. */
export interface Publication {
  /** Its public URL. */
  readonly url: string;
  /** The path below which it serves all of its pages. @default - the root */
  readonly path?: string;
  /** @default - the proxy has its own route */
  readonly route?: Route;
}

/** How a component is served behind an authenticating proxy; undefined if it is not. */
export const publicationOf = (
  component: 'prometheus' | 'alertmanager' | 'jaeger',
  exposure: ProxyExposure | undefined,
): Publication | undefined => {
  const url = exposure?.[component];
  if (exposure === undefined || url === undefined) return undefined;
  return {
    url,
    path: prefixOf(component, exposure),
    ...(exposure.route && { route: routeTo(component, url, exposure.route) }),
  };
};

const routeTo = (
  component: string,
  url: string,
  { authentication: _, ...way }: NonNullable<ProxyExposure['route']>,
): Route => {
  const place = { hosts: [new URL(url).hostname], path: pathIn(url) || undefined };
  return way.kind === 'ingress'
    ? { ...way, ...place, tlsSecret: secretOf(component, way) }
    : { ...way, ...place };
};

/** cert-manager makes one certificate for each name of a Secret, so that each Ingress needs its own. */
const secretOf = (
  component: string,
  {
    annotations,
    tlsSecret,
  }: Pick<Extract<Route, { kind: 'ingress' }>, 'annotations' | 'tlsSecret'>,
) =>
  typeof tlsSecret === 'string' && issuersOf(annotations) !== undefined
    ? `${tlsSecret}-${component}`
    : tlsSecret;

/** The issuers that annotations of cert-manager name; undefined without such an annotation. */
const issuersOf = (annotations: Readonly<Record<string, string>> = {}) => {
  const known = Object.entries(certManagerAnnotations.value).filter(
    ([key]) => annotations[key] !== undefined && annotations[key] !== 'false',
  );
  return known.length === 0
    ? undefined
    : known.flatMap(([key, kind]) => (kind ? [{ kind, name: annotations[key]! }] : []));
};

/** Objects that a route requires in the cluster. */
export const routePrerequisites = (
  route: Route | undefined,
  title: string,
): DeclaredPrerequisite[] => {
  if (route === undefined) return [];
  const hosts = route.hosts.join(' and ');
  if (route.kind === 'gateway') {
    return [
      {
        kind: 'Gateway',
        name: route.gateway.name,
        namespace: route.gateway.namespace,
        purpose: `terminates TLS for ${hosts} and allows routes from the stack's namespace`,
      },
    ];
  }
  const issuers = issuersOf(route.annotations);
  return [
    ...(route.ingressClass
      ? [
          {
            kind: 'IngressClass' as const,
            name: route.ingressClass,
            purpose: `exposes ${title}`,
          },
        ]
      : []),
    ...(issuers ?? []).map(
      ({ kind, name }): DeclaredPrerequisite => ({
        kind,
        name,
        ...(kind === 'Issuer' && { in: 'stack' }),
        purpose: `lets cert-manager create the certificate of ${hosts}`,
      }),
    ),
    ...(typeof route.tlsSecret === 'string' && issuers === undefined
      ? [
          {
            kind: 'Secret' as const,
            name: route.tlsSecret,
            in: 'stack' as const,
            type: 'kubernetes.io/tls' as const,
            keys: { 'tls.crt': 'certificate', 'tls.key': 'key' },
            rotation: { kind: 'reread' as const, when: 'by the Ingress controller' },
            purpose: `TLS certificate of ${hosts}`,
          },
        ]
      : []),
  ];
};
