import { z } from 'zod';
import { cidr, dnsLabel, podLabels, port } from './fields.js';

/** Where an outside server is: at known addresses, or in pods of the cluster. */
export const place = z.discriminatedUnion('kind', [
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
]);

/** A validated place. */
export type Place = z.output<typeof place>;
