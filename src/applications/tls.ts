import { z } from 'zod';
import { objectName, secretReference } from '../config/fields.js';
import { clusterCaPath } from '../model/identity.js';
import type { SecretReference } from '../model/prerequisite.js';
import { refused } from '../schema/refinement.js';
import { certificate } from './certificate.js';

/** A reference to a key of a Secret, as Kubernetes writes it. */
export const secretKey = z
  .strictObject({
    name: objectName,
    key: secretReference.shape.key,
    // Without the Secret, the pod of Prometheus does not start.
    optional: z.boolean().optional(),
  })
  .transform(({ name, key }): SecretReference => ({ secret: name, key }));

/** A value without a name, as generated objects have it, counts as not set. */
const emptyReference = z
  .strictObject({ key: z.literal('').optional(), name: z.literal('').optional() })
  .transform(() => undefined);

export const optionalKey = z
  .union([emptyReference, secretKey], { error: 'an object with the name and the key of a Secret' })
  .optional();

const fromSecret = 'nothing: copy the value to a Secret, and reference it: secret: { name, key }';

const secretOrConfigMap = z
  .strictObject({ secret: optionalKey, configMap: refused(fromSecret) })
  .transform(({ secret }) => secret)
  .optional();

const fromDocument =
  'nothing: no ConfigMap in applications/ has a certificate of this name and key. Add it as YAML to applications/, or reference a Secret: secret: { name, key }';

/** A certificate authority: a Secret, or the text that a ConfigMap of `applications/` has. */
const authority = z
  .union([
    z.string().includes(certificate),
    z
      .strictObject({ secret: optionalKey, configMap: refused(fromDocument) })
      .transform(({ secret }) => secret),
  ])
  .optional();

const tlsVersion = z
  .enum(['TLS10', 'TLS11', 'TLS12', 'TLS13'])
  .refine((version) => version === 'TLS12' || version === 'TLS13', { error: "'TLS12' or 'TLS13'" })
  .optional();

const inSecret = (field: string): string =>
  `nothing: the pod of Prometheus does not have the file. Reference a key of a Secret in ${field}`;

/** Fields of a file in the pod of Prometheus: empty, or rejected. */
const noFile = (instead: string) => z.literal('', { error: inSecret(instead) }).optional();

/** Which servers a client trusts, and its certificate. */
export const tls = z
  .strictObject({
    ca: authority,
    caFile: z.enum(['', clusterCaPath], { error: inSecret('ca') }).optional(),
    cert: secretOrConfigMap,
    certFile: noFile('cert'),
    keySecret: optionalKey,
    keyFile: noFile('keySecret'),
    serverName: z.string().optional(),
    insecureSkipVerify: z.boolean().optional(),
    minVersion: tlsVersion,
    maxVersion: tlsVersion,
  })
  .superRefine(({ cert, keySecret }, { addIssue }) => {
    if ((cert === undefined) === (keySecret === undefined)) return;
    const [missing, other] = cert ? ['keySecret', 'cert'] : ['cert', 'keySecret'];
    const message = `a reference to a key of a Secret: ${other} requires it`;
    addIssue({ code: 'custom', path: [missing!], message, input: undefined });
  });

/** The versions and the certificates in Prometheus's notation. */
export const nativeTls = ({
  ca,
  cert,
  keySecret,
  serverName,
  minVersion,
  maxVersion,
}: z.output<typeof tls>): Record<string, unknown> | undefined =>
  nonEmpty({
    ca,
    cert,
    key: keySecret,
    server_name: serverName || undefined,
    min_version: minVersion,
    max_version: maxVersion,
  });

/** The fields with a value. */
export const present = (fields: Readonly<Record<string, unknown>>): Record<string, unknown> =>
  Object.fromEntries(Object.entries(fields).filter(([, value]) => value !== undefined));

const nonEmpty = (fields: Readonly<Record<string, unknown>>) => {
  const all = present(fields);
  return Object.keys(all).length > 0 ? all : undefined;
};
