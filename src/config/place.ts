import { z } from 'zod';
import { cidr, dnsLabel, podLabels, port } from './fields.js';

const placeText =
  "{ kind: 'addresses', cidrs: ['192.0.2.10/32'] }, or { kind: 'pods', namespace: 'shop', labels: { app: 'shop-db' } } for pods of the cluster";

/** Where an outside server is: at known addresses, or in pods of the cluster. */
export const place = z.discriminatedUnion(
  'kind',
  [
    z.strictObject({ kind: z.literal('addresses'), cidrs: z.array(cidr).min(1) }),
    z.strictObject({
      kind: z.literal('pods'),
      namespace: dnsLabel,
      labels: podLabels,
      /**
       * Port on which the pods listen, if their Service maps another one to it: policies are evaluated after this
       * translation.
       * @default - as in the address of the server
       */
      port: port.optional(),
    }),
  ],
  {
    // A wrong kind has its own remedy.
    error: ({ code }: { readonly code: string }) =>
      code === 'invalid_type' ? placeText : undefined,
  },
);

/** A validated place. */
export type Place = z.output<typeof place>;
