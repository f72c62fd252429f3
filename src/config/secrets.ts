import { z } from 'zod';
import { goDuration } from '../schema/format.js';
import { labelValue, objectName } from './fields.js';

const text = z.string({ error: 'a text of one line that is not empty' }).regex(/^[^\n\r]+$/);

const secretKey = z
  .string({ error: 'a key of letters, digits, dots, dashes and underscores' })
  .regex(/^[-._a-zA-Z0-9]{1,253}$/);

const refreshInterval = z
  .string({ error: "a duration above zero such as '15m' or '1h30m', without days" })
  .regex(/[1-9]/)
  .refine((value) => !value.startsWith('-') && goDuration.safeParse(value).success);

const externalSecrets = z.strictObject({
  /** External Secrets Operator copies the values from a store, such as Vault, AWS, Google Cloud or Azure. */
  kind: z.literal('external-secrets'),
  /** The object that describes the store. */
  store: z.strictObject({
    /** A `SecretStore` must exist in each namespace of the stack that has Secrets. */
    kind: z.enum(['ClusterSecretStore', 'SecretStore']),
    name: objectName,
  }),
  /** How often the operator reads the store. @default '1h' */
  refreshInterval: refreshInterval.default('1h'),
  /**
   * What comes before the name of a Secret in the store: `observability/production/`. Google Cloud and
   * Azure allow no slash: `observability-production-`.
   * @default - nothing
   */
  prefix: text.optional(),
  /** Secrets that have another place in the store, by name. */
  remote: z
    .record(
      objectName,
      z.strictObject({
        /** The entry of the store. @default - the prefix and the name */
        key: text.optional(),
        /** Keys that have another place, by the key of the Secret. */
        values: z
          .record(
            secretKey,
            z.strictObject({
              /** The entry of the store. @default - that of the Secret */
              key: text.optional(),
              /** The field of the entry. @default - the whole entry */
              property: text.optional(),
            }),
          )
          .default({}),
      }),
    )
    .default({}),
  /** Names of Secrets that somebody else creates, such as cert-manager. @default - none */
  except: z.array(objectName).default([]),
});

const sealedSecrets = z.strictObject({
  /** Sealed Secrets decrypts the values in the cluster; the files of a folder have them encrypted. */
  kind: z.literal('sealed-secrets'),
  /** Folder of the `SealedSecret` objects as YAML or JSON, relative to the project: `secrets/production`. */
  folder: z
    .string({ error: "a folder of the project such as 'secrets/production'" })
    .regex(/^(?!\.\.(\/|$))[\w.-]+(\/(?!\.\.(\/|$))[\w.-]+)*$/),
  /** Names of Secrets that somebody else creates, such as cert-manager. @default - none */
  except: z.array(objectName).default([]),
});

/** Where the Secrets come from that the stack reads. */
export const secrets = z.strictObject({
  /** What creates the Secrets. @default - you create them, with the commands in the generated README */
  source: z.discriminatedUnion('kind', [externalSecrets, sealedSecrets]).optional(),
  /**
   * Versions of Secrets, by name, such as `{ 'postgres-orders': '2' }`: another version restarts the pods that read the
   * Secret only at their start. @default - none
   */
  versions: z.record(objectName, labelValue).default({}),
});

export type Secrets = z.output<typeof secrets>;

/** The option for Sealed Secrets. */
export type SealedSecrets = z.output<typeof sealedSecrets>;

/** The option for External Secrets Operator. */
export type ExternalSecrets = z.output<typeof externalSecrets>;
