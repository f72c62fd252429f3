import { z } from 'zod';
import { isCredentialName } from '../model/credential.js';
import { isReserved } from '../schema/http-client.js';

const isLogin = (name: string): boolean =>
  /^(?:proxy-)?authorization$/i.test(name) || isCredentialName(name);

/** Headers whose values are no credentials, such as the tenant of a store. */
export const plainHeaders = z.record(
  z
    .string({ error: 'the name of a header that the client does not set itself' })
    .refine((name) => !isLogin(name), {
      error: 'authentication instead of this header, with a reference to a Secret',
    })
    .refine((name) => isLogin(name) || (/^[A-Za-z0-9][\w-]*$/.test(name) && !isReserved(name))),
  z.string({ error: 'a text of printable ASCII characters' }).regex(/^[!-~](?:[ -~]*[!-~])?$/),
);
