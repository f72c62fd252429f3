import { z } from 'zod';
import { dnsLabel, hostName, objectName, podLabels, port, secretReference, url } from './fields.js';

const pods = z.strictObject({
  namespace: dnsLabel,
  labels: podLabels,
  /** @default false */
  hostNetwork: z.boolean().default(false),
});

/** Login of Grafana's metrics page, which the host name would expose to everyone. */
const metricsPassword = secretReference;

/**
 * How blackbox-exporter reaches the host from inside the cluster, to monitor its certificate.
 * @default - not probed: no alert before the certificate expires
 */
const probe = z
  .strictObject({
    /** The controller's Service, in the namespace of its pods. */
    service: objectName,
    /** HTTPS port of the Service. @default 443 */
    port: port.default(443),
    /** The port of the pods behind the Service. @default - the port of the Service */
    podPort: port.optional(),
    /** False if a private certificate authority signs the certificate. @default true */
    verified: z.boolean().default(true),
  })
  .optional();

/** What is reachable from outside the cluster. */
export const exposure = z.strictObject({
  /** For everyone who can reach the address: Grafana has its own login. */
  grafana: z
    .discriminatedUnion('kind', [
      z.strictObject({
        kind: z.literal('ingress'),
        host: hostName,
        ingressClass: objectName,
        /** Of type kubernetes.io/tls, in the stack's namespace. */
        tlsSecret: objectName,
        metricsPassword,
        probe,
        /** Pods of the ingress controller, which the policies allow. */
        controller: pods,
      }),
      z.strictObject({
        kind: z.literal('gateway'),
        host: hostName,
        /** The Gateway: its listener terminates TLS and allows routes from the stack's namespace. */
        gateway: z.strictObject({
          namespace: dnsLabel,
          name: objectName,
          /** @default - all listeners that match the host */
          listener: z.string().min(1).optional(),
        }),
        metricsPassword,
        probe,
        /** Pods of the gateway's proxy, which the policies allow. */
        controller: pods,
      }),
    ])
    .optional(),
  /** Prometheus, Alertmanager and Jaeger have no login: they are exposed only behind an authenticating proxy. */
  behindAuthProxy: z
    .strictObject({
      /** Pods of the proxy, which the policies allow. */
      proxy: pods,
      /** The URL at which the proxy serves it; links in notifications use it. */
      prometheus: url.optional(),
      alertmanager: url.optional(),
      jaeger: url
        .refine((value) => !URL.canParse(value) || new URL(value).pathname === '/', {
          error:
            "the root of a host such as 'https://jaeger.example.com/': its web interface loads its files from there",
        })
        .optional(),
    })
    .refine(({ prometheus, alertmanager, jaeger }) => prometheus ?? alertmanager ?? jaeger, {
      error: 'an object that also has at least one of prometheus, alertmanager and jaeger',
    })
    .optional(),
});

/** How Grafana is exposed. */
export type GrafanaExposure = NonNullable<z.output<typeof exposure>['grafana']>;
