import { z } from 'zod';
import { secretReference } from './fields.js';

/** How a client logs in to a server outside the stack. */
export const serverLogin = z.discriminatedUnion('kind', [
  z.strictObject({ kind: z.literal('bearer'), token: secretReference }),
  z.strictObject({
    kind: z.literal('basic'),
    username: z.string().min(1),
    password: secretReference,
  }),
]);
