import { z } from 'zod';
import { oneOf, quoted } from '../schema/allowed.js';
import { duration as anyDuration } from '../schema/format.js';
import {
  dnsLabel,
  duration,
  email,
  hostName,
  isRe2,
  port,
  secretReference,
  url,
} from './fields.js';
import { place } from './place.js';
import { loginsIn, rawReceiver, serversIn } from './raw-receiver.js';
import { receiverNames } from './receiver-name.js';
import { placed } from './server.js';

/** Receivers that Alertmanager's configuration has of itself. */
export const ownReceivers = { nobody: 'nobody', deadMansSwitch: 'dead-mans-switch' } as const;

const common = {
  /** Also that of the party, of which no component or application may have it. */
  name: dnsLabel.refine((name) => !Object.values<string>(ownReceivers).includes(name), {
    error: `a name other than ${oneOf(Object.values(ownReceivers).map(quoted), 'and')}, which Alertmanager's configuration has of itself`,
  }),
  /** Whether the end of an alert is told too. @default true */
  sendResolved: z.boolean().default(true),
  /** Where it listens. @default - anywhere outside private ranges, listed as open */
  at: place.optional(),
};

/** A key of a Secret that holds a whole URL; which port it names cannot be read from here. */
const secretUrl = {
  url: secretReference,
  /** Of the URL in the Secret. @default 443 */
  port: port.default(443),
};

const smtp = z
  .strictObject({
    host: hostName,
    /** @default 587, which asks for STARTTLS */
    port: port.default(587),
    /** Together with the password. @default - mail is taken without a login */
    username: z.string().min(1).optional(),
    password: secretReference.optional(),
  })
  .superRefine(({ username, password }, { addIssue }) => {
    if (username !== undefined && password === undefined) {
      const message = 'a reference to the password, or remove the username';
      addIssue({ code: 'custom', path: ['password'], message });
    }
    if (password !== undefined && username === undefined) {
      const message = 'the name that the password belongs to, or remove the password';
      addIssue({ code: 'custom', path: ['username'], message });
    }
  });

const receiver = z.discriminatedUnion('kind', [
  z.strictObject({ kind: z.literal('webhook'), ...common, ...secretUrl }),
  z.strictObject({
    kind: z.literal('slack'),
    ...common,
    ...secretUrl,
    /** Such as `#alerts`. @default - the webhook's own */
    channel: z.string().min(1).optional(),
  }),
  z.strictObject({ kind: z.literal('msteams'), ...common, ...secretUrl }),
  z.strictObject({
    kind: z.literal('pagerduty'),
    ...common,
    /** Of an integration with the Events API v2. */
    routingKey: secretReference,
  }),
  z.strictObject({
    kind: z.literal('email'),
    ...common,
    to: email,
    from: email,
    smtp,
  }),
  z
    .strictObject({
      kind: z.literal('raw'),
      ...common,
      /** Of a URL that stands in a Secret. @default 443 */
      port: port.default(443),
      /** Where the server of `oauth2` listens. @default - anywhere outside private ranges, listed as open */
      loginAt: place.optional(),
      /**
       * Any of Alertmanager's integrations in its own words, such as
       * `{ telegram_configs: [{ bot_token: { secret: 'telegram', key: 'token' }, chat_id: 1 }] }`.
       */
      config: rawReceiver,
    })
    .superRefine(({ at, loginAt, config, port }, context) => {
      placed('at', at, serversIn(config, port), context);
      placed('loginAt', loginAt, loginsIn(config), context);
    }),
]);

const isPattern = (matcher: string): boolean => isRe2(/[=!]~"(.*)"$/.exec(matcher)?.[1] ?? '');

const matcher = z
  .string({ error: 'a matcher such as severity="critical" or team=~"a|b"' })
  .regex(/^[a-zA-Z_][a-zA-Z0-9_]*(=|!=|=~|!~)"[^"]*"$/)
  .refine(isPattern, {
    error: 'a matcher whose regular expression is a valid one, without look-around (RE2)',
  });

const receiverName = z.string({ error: 'the name of one of the receivers' });

const grouping = z
  .array(
    z
      .string({ error: "a label, or '...' alone for all of them" })
      .regex(/^(?:[a-zA-Z_]\w*|\.{3})$/),
  )
  .min(1)
  .refine((labels) => new Set(labels).size === labels.length, { error: 'labels, each once' })
  .refine((labels) => labels.length === 1 || !labels.includes('...'), {
    error: "labels, or '...' alone",
  });

const flatRoute = z.strictObject({
  /** All of them must match. */
  matchers: z.array(matcher).min(1),
  receiver: receiverName,
  /** Whether the routes after this one are tried as well. @default false */
  continue: z.boolean().default(false),
  /** Alerts that are alike in these labels are told together. @default - as the route above */
  groupBy: grouping.optional(),
  /** How long the first alert of a group waits for others; may be `0s`. @default - as the route above */
  groupWait: anyDuration.optional(),
  /** How long until a group that was told is told again with the alerts that have joined it. @default - as the route above */
  groupInterval: duration.optional(),
  /** @default - as the route above; of the topmost `12h` */
  repeatInterval: duration.optional(),
});

/** One route, with those within it. */
export interface Route extends z.output<typeof flatRoute> {
  readonly routes?: Route[];
}

export interface RouteOptions extends z.input<typeof flatRoute> {
  readonly routes?: RouteOptions[];
}

const within: z.ZodType<Route, RouteOptions> = z.lazy(() => route);

const route = flatRoute.extend({
  /** Tried in order for what matches this one; what none of them takes, it takes itself. */
  routes: z.array(within).optional(),
});

/** Who is told of alerts. */
export const alerting = z
  .strictObject({
    receivers: z.array(receiver).min(1),
    /** Who is told of whatever no route matches. */
    defaultReceiver: receiverName,
    /** Tried in order; the first that matches is taken. */
    routes: z.array(route).default([]),
    /** Called every five minutes as long as alerting works; it raises the alarm when that stops. */
    deadMansSwitch: z.strictObject({ ...secretUrl, at: place.optional() }).optional(),
    /** For whatever is told by HTTP. @default - receivers are reached directly */
    proxy: z.strictObject({ url, at: place }).optional(),
  })
  .superRefine(receiverNames, { when: ({ value }) => typeof value === 'object' && value !== null });

/** The valid form, with all defaults filled in. */
export type Alerting = z.output<typeof alerting>;

/** One receiver. */
export type Receiver = Alerting['receivers'][number];
