import { z } from 'zod';
import {
  annotations,
  cidr,
  dnsLabel,
  hostName,
  objectName,
  podLabels,
  port,
  secretReference,
} from './fields.js';
import { googleFrontEnds } from './load-balancer.js';
import { place } from './place.js';
import { hostsOf, outsideUrl, proxyRules, servedPath, uniqueAddresses } from './public-address.js';

/** Where the traffic of an ingress controller, a gateway or a proxy comes from. */
const source = z.discriminatedUnion('kind', [
  z.strictObject({
    /** Pods, which the policies allow. */
    kind: z.literal('pods').default('pods'),
    namespace: dnsLabel,
    labels: podLabels,
    /** @default false */
    hostNetwork: z.boolean().default(false),
  }),
  z.strictObject({
    /** A load balancer outside the cluster, such as an AWS ALB in mode `ip`: the policies allow its addresses. */
    kind: z.literal('addresses'),
    /** Its subnets, and the sources of its health checks. */
    cidrs: z.array(cidr).min(1),
  }),
  z.strictObject({
    /** An Application Load Balancer of Google Cloud: the policies allow the addresses of its front ends and health checks. */
    kind: z.literal('google-load-balancer'),
    /** The proxy-only subnets of a regional or internal one. @default - none: a global external one */
    cidrs: z.array(cidr).default([]),
  }),
]);

/** The addresses of a source outside the cluster; undefined for pods. */
export const addressesOf = (from: Source): readonly string[] | undefined => {
  if (from.kind === 'pods') return undefined;
  return from.kind === 'addresses' ? from.cidrs : [...googleFrontEnds.value, ...from.cidrs];
};

/** False if a private certificate authority signs the certificate. @default true */
const verified = z.boolean().default(true);

const probe = z
  .discriminatedUnion('kind', [
    z.strictObject({
      /** Through the Service of a controller in pods, in their namespace. */
      kind: z.literal('service').default('service'),
      service: objectName,
      /** HTTPS port of the Service. @default 443 */
      port: port.default(443),
      /** The port of the pods behind the Service. @default - the port of the Service */
      podPort: port.optional(),
      verified,
    }),
    z.strictObject({
      /** By the name of the host, which leads to a load balancer. */
      kind: z.literal('host'),
      /** Where the host is. @default - any address outside private ranges, listed as open */
      at: place.optional(),
      /** @default 443 */
      port: port.default(443),
      verified,
    }),
  ])
  .optional();

const ingress = {
  kind: z.literal('ingress'),
  /** @default - no class in the object: that of an annotation, or the default class of the cluster */
  ingressClass: objectName.optional(),
  /** Of the Ingress, such as those of its controller or of cert-manager. */
  annotations: annotations.default({}),
  /**
   * Of type kubernetes.io/tls, in the stack's namespace. With an annotation of cert-manager, cert-manager
   * creates it; otherwise it must exist. `{ heldBy: 'controller' }`: the controller has the certificate, such as its
   * default certificate. `{ heldBy: 'load-balancer' }`: a load balancer terminates TLS, and the Ingress has no
   * section `tls`.
   */
  tlsSecret: z.union([
    objectName,
    z.strictObject({ heldBy: z.enum(['controller', 'load-balancer']) }),
  ]),
};

const gateway = {
  kind: z.literal('gateway'),
  /** The Gateway: its listener terminates TLS and allows routes from the stack's namespace. */
  gateway: z.strictObject({
    namespace: dnsLabel,
    name: objectName,
    /** @default - all listeners that match the host */
    listener: z.string().min(1).optional(),
  }),
  /** Of the HTTPRoute. */
  annotations: annotations.default({}),
};

const grafanaFields = {
  /** The host at which users reach Grafana. */
  host: hostName,
  /** Further hosts that lead to Grafana; its links use `host`. */
  otherHosts: z.array(hostName).default([]),
  /** Grafana is served below this path, such as '/grafana', by itself and at `host`. @default - at the root */
  path: servedPath.optional(),
  /** Of Grafana's Service, which some load balancers read. */
  serviceAnnotations: annotations.default({}),
  /** Login of Grafana's metrics page, which the host name would expose to everyone. */
  metricsPassword: secretReference,
  /**
   * How blackbox-exporter reaches the host, to monitor its certificate.
   * @default - not probed: no alert before the certificate expires
   */
  probe,
  /** Where the traffic of the ingress controller or of the gateway's proxy comes from. */
  controller: source,
};

type Unchecked = Readonly<Record<string, unknown>>;

/** A probe reaches pods through their Service, and a load balancer at the address of the host. */
const probeFits = (value: Unchecked, { addIssue }: z.RefinementCtx): void => {
  const { kind = 'service' } = Object(value.probe);
  const { kind: source = 'pods' } = Object(value.controller);
  if (value.probe === undefined || !(source in fitting) || fitting[source] === kind) return;
  if (!Object.values(fitting).includes(kind)) return;
  addIssue({
    code: 'custom',
    path: ['probe'],
    message:
      source === 'pods'
        ? "{ service }: the controller's Service in the namespace of its pods"
        : "{ kind: 'host' }: the controller is outside the cluster, and has no Service",
    input: value.probe,
  });
};

/** The kind of probe for each kind of controller. */
const fitting: Readonly<Record<string, string>> = {
  pods: 'service',
  addresses: 'host',
  'google-load-balancer': 'host',
};

const whenObject = {
  when: ({ value }: { readonly value: unknown }) => typeof value === 'object' && value !== null,
};

/** What is reachable from outside the cluster. */
export const exposure = z
  .strictObject({
    /** For everyone who can reach the address: Grafana has its own login. */
    grafana: z
      .discriminatedUnion('kind', [
        z.strictObject({ ...ingress, ...grafanaFields }),
        z.strictObject({ ...gateway, ...grafanaFields }),
      ])
      .superRefine(probeFits, whenObject)
      .optional(),
    /** Prometheus, Alertmanager and Jaeger have no login: they are exposed only behind an authenticating proxy. */
    behindAuthProxy: z
      .strictObject({
        /** Where the traffic of the proxy comes from. */
        proxy: source,
        /**
         * Whether the proxy forwards the path of a URL such as `https://ops.example.com/prometheus` unchanged, or
         * removes it. If it is kept, the server is configured to serve below it.
         * @default 'kept'
         */
        path: z.enum(['kept', 'removed']).default('kept'),
        /** The URL at which the proxy serves it; links in notifications use it. */
        prometheus: outsideUrl.optional(),
        /** The URL at which the proxy serves it; links in notifications use it. */
        alertmanager: outsideUrl.optional(),
        /** The URL at which the proxy serves it. */
        jaeger: outsideUrl.optional(),
        /**
         * An Ingress or an HTTPRoute for each of them, whose controller authenticates users, as its annotations say.
         * @default - none: the proxy has its own
         */
        route: z
          .discriminatedUnion('kind', [
            z.strictObject({
              ...ingress,
              /** How the controller authenticates users; listed in the generated README. */
              authentication: z.string().min(10),
            }),
            z.strictObject({ ...gateway, authentication: z.string().min(10) }),
          ])
          .optional(),
      })
      .refine(({ prometheus, alertmanager, jaeger }) => prometheus ?? alertmanager ?? jaeger, {
        error: 'an object that also has at least one of prometheus, alertmanager and jaeger',
      })
      .superRefine(proxyRules, whenObject)
      .optional(),
  })
  .superRefine(uniqueAddresses, whenObject);

export type Exposure = z.output<typeof exposure>;

/** How Grafana is exposed. */
export type GrafanaExposure = NonNullable<Exposure['grafana']>;

/** How the components without a login are exposed. */
export type ProxyExposure = NonNullable<Exposure['behindAuthProxy']>;

/** Where traffic from outside comes from. */
export type Source = z.output<typeof source>;

/** The public URL of Grafana, with a slash at its end. */
export const grafanaUrl = ({ host, path = '' }: Pick<GrafanaExposure, 'host' | 'path'>): string =>
  `https://${host}${path}/`;

/** The hosts for which a load balancer terminates TLS, before the Ingress. */
export const terminatedElsewhere = ({ grafana, behindAuthProxy }: Exposure): string[] => [
  ...(grafana && heldBy(grafana) === 'load-balancer' ? [grafana.host, ...grafana.otherHosts] : []),
  ...(behindAuthProxy?.route && heldBy(behindAuthProxy.route) === 'load-balancer'
    ? hostsOf(behindAuthProxy)
    : []),
];

/** What has the certificate of an Ingress instead of a Secret; undefined if a Secret has it. */
export const heldBy = (
  way:
    | { readonly kind: 'gateway' }
    | Pick<z.output<z.ZodObject<typeof ingress>>, 'kind' | 'tlsSecret'>,
): 'controller' | 'load-balancer' | undefined =>
  way.kind === 'ingress' && typeof way.tlsSecret === 'object' ? way.tlsSecret.heldBy : undefined;
