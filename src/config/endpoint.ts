import { z } from 'zod';
import type { PolicyRule } from '../model/access.js';
import type { Endpoint } from '../model/endpoint.js';
import { schemaOf } from '../schema/schema-of.js';
import { hostName, port, secretReference } from './fields.js';
import { offer } from './offer.js';

export const rule = schemaOf<PolicyRule>()(
  z.union([
    z.strictObject({
      apiGroups: z.array(z.string()),
      resources: z.array(z.string()).min(1),
      verbs: z.array(z.string()).min(1),
    }),
    z.strictObject({
      nonResourceURLs: z.array(z.string()).min(1),
      verbs: z.array(z.string()).min(1),
    }),
  ]),
);

/** The rule of Kubernetes for port names: https://kubernetes.io/docs/concepts/services-networking/service */
export const endpointName = z.string().regex(/^(?=.{1,15}$)[a-z0-9]*[a-z][a-z0-9]*(-[a-z0-9]+)*$/, {
  error: 'a name of at most 15 lower-case letters, digits and dashes, such as otlp-grpc',
});

// It is also the name of the token file.
const audience = z.string().regex(/^[A-Za-z0-9][-._A-Za-z0-9]*$/, {
  error: 'a name of letters, digits, dashes, dots and underscores',
});

/** Only targets of probes answer ICMP. */
export type DeclaredEndpoint = Omit<Endpoint, 'icmp'>;

export const endpoint = schemaOf<DeclaredEndpoint>()(
  z.strictObject({
    port,
    protocol: z.enum(['TCP', 'UDP']).optional(),
    scheme: z.enum(['http', 'https', 'grpc', 'tcp']).optional(),
    workload: z.string().optional(),
    authentication: z
      .discriminatedUnion('kind', [
        z.strictObject({
          kind: z.literal('token'),
          audience: audience.optional(),
          grants: z.array(rule),
        }),
        z.strictObject({ kind: z.literal('bearer'), token: secretReference }),
        z.strictObject({
          kind: z.literal('basic'),
          username: z.string(),
          password: secretReference,
        }),
        z.strictObject({
          kind: z.literal('secret'),
          secret: secretReference,
          others: z.array(secretReference).optional(),
        }),
      ])
      .optional(),
    verification: z
      .discriminatedUnion('kind', [
        z.strictObject({ kind: z.literal('cluster-ca'), serverName: hostName.optional() }),
        z.strictObject({ kind: z.literal('public-ca') }),
        z.strictObject({ kind: z.literal('unverified'), reason: z.string().min(10) }),
      ])
      .optional(),
    host: hostName.optional(),
    servicePort: port.optional(),
    virtualHost: hostName.optional(),
    offers: z.array(offer),
  }),
);
