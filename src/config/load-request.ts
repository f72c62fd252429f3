import { z } from 'zod';
import { isPlain } from '../model/own-value.js';
import type { SecretReference } from '../model/prerequisite.js';
import { allowed } from '../schema/allowed.js';
import { line, secretReference } from './fields.js';
import { path } from './offer.js';

const printable = z.string().regex(/^\P{Cc}*$/u);

/** The value of a key of a Secret in the namespace of the stack, with a text before it. */
const secretText = secretReference
  .extend({
    /** A text before the value, such as `'Bearer '`. @default '' */
    prefix: printable.default(''),
  })
  .transform(({ prefix, ...reference }) => ({ prefix, reference }));

/** A text with the value of a key of a Secret, which k6 gets in a variable. */
export interface SecretText {
  readonly prefix: string;
  readonly reference: SecretReference;
}

const headerValue = z.union([printable, secretText], {
  error: "a text, or a reference { secret, key, prefix: 'Bearer ' }",
});

/** A place in a value of JSON. */
type At = readonly (string | number)[];

/** A body that is sent as JSON: its references to Secrets are beside its data, so that no data can look like one. */
export interface JsonBody {
  /** Null is in place of each reference. */
  readonly data: z.core.util.JSONType;
  readonly secrets: readonly { readonly at: At; readonly text: SecretText }[];
}

/** Whether a value can be sent as JSON without a loss. */
const isJson = (value: unknown): boolean => {
  if (Array.isArray(value)) return value.every(isJson);
  if (typeof value === 'number') return Number.isFinite(value);
  if (typeof value !== 'object' || value === null) {
    return value === null || ['string', 'boolean', 'undefined'].includes(typeof value);
  }
  return isPlain(value) && Object.values(value).every(isJson);
};

/** Whether an object of a body is a reference to a Secret: it has the fields of one and no others. */
const isReference = (value: object): boolean =>
  'secret' in value &&
  'key' in value &&
  Object.keys(value).every((key) => ['secret', 'key', 'prefix'].includes(key));

const body = z
  .unknown()
  .refine(isJson, { error: 'a text, or a value of JSON', abort: true })
  .transform((value, context): string | JsonBody => {
    if (typeof value === 'string') return value;
    const secrets: { at: At; text: SecretText }[] = [];
    const dataOf = (part: unknown, at: At): unknown => {
      if (Array.isArray(part)) return part.map((one, index) => dataOf(one, [...at, index]));
      if (typeof part !== 'object' || part === null) return part;
      if (!isReference(part)) {
        return Object.fromEntries(
          Object.entries(part).map(([name, one]) => [name, dataOf(one, [...at, name])]),
        );
      }
      const { data, error } = secretText.safeParse(part, { error: allowed });
      if (data) secrets.push({ at, text: data });
      for (const { path, message } of error?.issues ?? []) {
        context.addIssue({ code: 'custom', path: [...at, ...path], message });
      }
      return null;
    };
    return { data: dataOf(value, []) as JsonBody['data'], secrets };
  });

const statusCode = z.int().min(100).max(599);

/** A request of a load test. */
export const loadRequest = z.strictObject({
  /** Its name in the results. @default - the method and the path without its query */
  name: line.optional(),
  /** @default 'GET' */
  method: z.enum(['GET', 'POST', 'PUT', 'PATCH', 'DELETE', 'HEAD', 'OPTIONS']).default('GET'),
  /** The path and the query: all requests are sent to the Service of the application. */
  path: path.refine((value) => !/[\s\p{Cc}#]/u.test(value) && !value.startsWith('//'), {
    error: "a path such as '/orders?page=1': all requests are sent to the application",
  }),
  /** Values can be references to Secrets. @default - none */
  headers: z
    .record(
      z
        .string({ error: "the name of a header such as 'Accept'" })
        .regex(/^[!#$%&'*+.^_`|~0-9A-Za-z-]+$/),
      headerValue,
    )
    .default({}),
  /**
   * A text, or a value that is sent as JSON, in which objects `{ secret, key }` or `{ secret, key, prefix }` are
   * references to Secrets.
   * @default - none
   */
  body: body.optional(),
  /** The expected status, or all of them; any other is a failure. @default - 200 to 399 */
  status: z.union([statusCode, z.array(statusCode).min(1)]).optional(),
});

/** A validated request of a load test. */
export type LoadRequest = z.output<typeof loadRequest>;
