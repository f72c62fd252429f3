import { z } from 'zod';
import { grouping, matchers, receiverNames } from '../schema/alertmanager/route.js';
import { oneOf, quoted } from '../schema/allowed.js';
import { duration as anyDuration } from '../schema/format.js';
import { dnsLabel, duration, email, hostName, port, secretReference, url } from './fields.js';
import { place } from './place.js';
import { loginsIn, rawReceiver, serversIn } from './raw-receiver.js';
import { placed } from './server.js';

/** Receivers that the stack adds to Alertmanager's configuration. */
export const ownReceivers = { nobody: 'nobody', deadMansSwitch: 'dead-mans-switch' } as const;

const common = {
  /** Also the name of the receiver's party: no component or application may have the same name. */
  name: dnsLabel.refine((name) => !Object.values<string>(ownReceivers).includes(name), {
    error: `a name other than ${oneOf(Object.values(ownReceivers).map(quoted), 'and')}, which the stack adds to Alertmanager's configuration`,
  }),
  /** Whether to notify about resolved alerts. @default true */
  sendResolved: z.boolean().default(true),
  /** Where the server is. @default - any address outside private ranges, listed as open */
  at: place.optional(),
};

/** A key of a Secret with a whole URL; synth cannot read its port. */
const secretUrl = {
  url: secretReference,
  /** Port of the URL in the Secret. @default 443 */
  port: port.default(443),
};

const smtp = z
  .strictObject({
    host: hostName,
    /** @default 587, which uses STARTTLS */
    port: port.default(587),
    /** Requires `password`. @default - the server requires no login */
    username: z.string().min(1).optional(),
    password: secretReference.optional(),
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

const receiver = z.discriminatedUnion('kind', [
  z.strictObject({ kind: z.literal('webhook'), ...common, ...secretUrl }),
  z.strictObject({
    kind: z.literal('slack'),
    ...common,
    ...secretUrl,
    /** Such as `#alerts`. @default - the channel of the webhook */
    channel: z.string().min(1).optional(),
  }),
  z.strictObject({ kind: z.literal('msteams'), ...common, ...secretUrl }),
  z.strictObject({
    kind: z.literal('pagerduty'),
    ...common,
    /** The key of an integration of the type Events API v2. */
    routingKey: secretReference,
  }),
  z
    .strictObject({
      kind: z.literal('email'),
      ...common,
      to: email,
      from: email,
      smtp,
    })
    .superRefine(({ at, smtp: { host } }, context) => placed('at', at, [{ host }], context)),
  z
    .strictObject({
      kind: z.literal('raw'),
      ...common,
      /** Port of a URL in a Secret. @default 443 */
      port: port.default(443),
      /** Where the server of `oauth2` is. @default - any address outside private ranges, listed as open */
      loginAt: place.optional(),
      /**
       * Any of Alertmanager's integrations, in native Alertmanager configuration, such as
       * `{ telegram_configs: [{ bot_token: { secret: 'telegram', key: 'token' }, chat_id: 1 }] }`.
       */
      config: rawReceiver,
    })
    .superRefine(({ at, loginAt, config, port }, context) => {
      placed('at', at, serversIn(config, port), context);
      placed('loginAt', loginAt, loginsIn(config), context);
    }),
]);

const receiverName = z.string({ error: 'the name of one of the receivers' });

const flatRoute = z.strictObject({
  /** All must match. */
  matchers,
  receiver: receiverName,
  /** Whether the following sibling routes are evaluated too. @default false */
  continue: z.boolean().default(false),
  /** Labels by which alerts are grouped into one notification. @default - as in the parent route */
  groupBy: grouping.optional(),
  /** How long to wait before the first notification of a group; may be `0s`. @default - as in the parent route */
  groupWait: anyDuration.optional(),
  /** How long to wait before a notification about new alerts of a group. @default - as in the parent route */
  groupInterval: duration.optional(),
  /** @default - as in the parent route; `12h` in the root route */
  repeatInterval: duration.optional(),
});

/** A route with its child routes. */
export interface Route extends z.output<typeof flatRoute> {
  readonly routes?: Route[];
}

export interface RouteOptions extends z.input<typeof flatRoute> {
  readonly routes?: RouteOptions[];
}

const within: z.ZodType<Route, RouteOptions> = z.lazy(() => route);

const route = flatRoute.extend({
  /** Child routes, evaluated in order; this route handles the alerts that none of them matches. */
  routes: z.array(within).optional(),
});

/** Where notifications of alerts are sent. */
export const alerting = z
  .strictObject({
    receivers: z.array(receiver).min(1),
    /** The receiver of alerts that no route matches. */
    defaultReceiver: receiverName,
    /** Evaluated in order; the first match applies. */
    routes: z.array(route).default([]),
    /** Called every five minutes while alerting works; the service at this URL raises the alarm if the calls stop. */
    deadMansSwitch: z.strictObject({ ...secretUrl, at: place.optional() }).optional(),
    /** The proxy of all receivers that use HTTP. @default - receivers are reached directly */
    proxy: z.strictObject({ url, at: place }).optional(),
  })
  .superRefine(
    ({ receivers, defaultReceiver, routes }, context) =>
      receiverNames(
        receivers,
        { path: ['defaultReceiver'], receiver: defaultReceiver },
        { path: ['routes'], list: routes },
        context,
      ),
    { when: ({ value }) => typeof value === 'object' && value !== null },
  );

/** The validated form, with all defaults set. */
export type Alerting = z.output<typeof alerting>;

/** One receiver. */
export type Receiver = Alerting['receivers'][number];
