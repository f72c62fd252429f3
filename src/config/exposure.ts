import { z } from 'zod';
import { dnsLabel, hostName, objectName, podLabels, secretReference, url } from './fields.js';

const pods = z.strictObject({
  namespace: dnsLabel,
  labels: podLabels,
  /** @default false */
  hostNetwork: z.boolean().default(false),
});

/** Of Grafana's metrics page, which would else be open under the host name. */
const metricsPassword = secretReference;

/** What is reachable from outside the cluster. */
export const exposure = z.strictObject({
  /** For everyone who has the address: Grafana asks for a login of its own. */
  grafana: z
    .discriminatedUnion('kind', [
      z.strictObject({
        kind: z.literal('ingress'),
        host: hostName,
        ingressClass: objectName,
        /** Of type kubernetes.io/tls, in the stack's namespace. */
        tlsSecret: objectName,
        metricsPassword,
        /** Pods of the ingress controller: the only ones let in. */
        controller: pods,
      }),
      z.strictObject({
        kind: z.literal('gateway'),
        host: hostName,
        /** The Gateway, whose listener ends TLS and admits routes of the stack's namespace. */
        gateway: z.strictObject({
          namespace: dnsLabel,
          name: objectName,
          /** @default - all that admit the host */
          listener: z.string().min(1).optional(),
        }),
        metricsPassword,
        /** Pods of the gateway's proxy: the only ones let in. */
        controller: pods,
      }),
    ])
    .optional(),
  /** Prometheus, Alertmanager and Jaeger know no login: a proxy that does stands before them. */
  behindAuthProxy: z
    .strictObject({
      /** Pods of the proxy: the only ones let in. */
      proxy: pods,
      /** Under which the proxy answers; links in notifications lead there. */
      prometheus: url.optional(),
      alertmanager: url.optional(),
      jaeger: url
        .refine((value) => !URL.canParse(value) || new URL(value).pathname === '/', {
          error:
            "the root of a host such as 'https://jaeger.example.com/': its pages look for their files there",
        })
        .optional(),
    })
    .refine(({ prometheus, alertmanager, jaeger }) => prometheus ?? alertmanager ?? jaeger, {
      error: 'an object with at least one of prometheus, alertmanager and jaeger as well',
    })
    .optional(),
});

/** How Grafana is exposed. */
export type GrafanaExposure = NonNullable<z.output<typeof exposure>['grafana']>;
