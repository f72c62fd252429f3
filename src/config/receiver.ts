import { z } from 'zod';
import { oneOf, quoted } from '../schema/allowed.js';
import { email, hostName, line, port, referenceOr, secretReference } from './fields.js';
import { place } from './place.js';
import { rawReceiver } from './raw-receiver.js';

/** Receivers that the stack adds to Alertmanager's configuration. */
export const ownReceivers = { nobody: 'nobody', deadMansSwitch: 'dead-mans-switch' } as const;

const common = {
  /** Any text of one line. The name of the receiver's party is derived from it. */
  name: line.refine((name) => !Object.values<string>(ownReceivers).includes(name), {
    error: `a name other than ${oneOf(Object.values(ownReceivers).map(quoted), 'and')}, which the stack adds to Alertmanager's configuration`,
  }),
  /** Whether to notify about resolved alerts. @default true */
  sendResolved: z.boolean().default(true),
  /** Where the server is. @default - an IP address: itself; a name: any address outside private ranges, listed as open */
  at: place.optional(),
};

/** A key of a Secret with a whole URL; synth cannot read its port. */
export const secretUrl = {
  url: secretReference,
  /** Port of the URL in the Secret. @default 443 */
  port: port.default(443),
};

const smtp = z
  .strictObject({
    /** The mail server. */
    host: hostName,
    /** @default 587, which uses STARTTLS */
    port: port.default(587),
    /** Requires `password`. @default - the server requires no login */
    username: line.optional(),
    /** Requires `username`. */
    password: secretReference.optional(),
    /** `false` sends mail without TLS, and requires `alerting.plainSmtp`. @default true */
    requireTls: z.boolean().default(true),
  })
  .superRefine(({ username, password }, { addIssue }) => {
    if (username !== undefined && password === undefined) {
      const message = 'a reference to a Secret with the password, or remove the username';
      addIssue({ code: 'custom', path: ['password'], message });
    }
    if (password !== undefined && username === undefined) {
      const message = 'the user name for the password, or remove the password';
      addIssue({ code: 'custom', path: ['username'], message });
    }
  });

/** A receiver of notifications. */
export const receiver = z.discriminatedUnion('kind', [
  z.strictObject({
    kind: z.literal('webhook'),
    ...common,
    ...secretUrl,
    url: referenceOr(
      "{ secret, key }. For a URL without a secret, such as that of a Service, use kind: 'raw', with config: { webhook_configs: [{ url }] }",
    ),
  }),
  z.strictObject({
    kind: z.literal('slack'),
    ...common,
    ...secretUrl,
    /** Such as `#alerts`. @default - the channel of the webhook */
    channel: line.optional(),
  }),
  z.strictObject({ kind: z.literal('msteams'), ...common, ...secretUrl }),
  z.strictObject({
    kind: z.literal('pagerduty'),
    ...common,
    /** The key of an integration of the type Events API v2. */
    routingKey: secretReference,
  }),
  z.strictObject({
    kind: z.literal('email'),
    ...common,
    to: email,
    from: email,
    smtp,
  }),
  z.strictObject({
    kind: z.literal('raw'),
    ...common,
    /** Port of a URL in a Secret. @default 443 */
    port: port.default(443),
    /** Where the server of `oauth2` is. @default - any address outside private ranges, listed as open */
    loginAt: place.optional(),
    /**
     * Any of Alertmanager's integrations, in native Alertmanager configuration, such as
     * `{ telegram_configs: [{ bot_token: { secret: 'telegram', key: 'token' }, chat_id: 1 }] }`.
     * Without an integration, the receiver sends nothing.
     */
    config: rawReceiver,
  }),
]);

/** One receiver. */
export type Receiver = z.output<typeof receiver>;
