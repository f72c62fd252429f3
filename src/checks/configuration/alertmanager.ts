import { z } from 'zod';
import { duration, labelName, path, regex, text, url } from './format.js';

// https://prometheus.io/docs/alerting/latest/configuration/, as far as we write it.

const matcher = z
  .string({ error: 'a matcher such as \'severity="critical"\'' })
  .regex(/^\s*"?[a-zA-Z_][\w.-]*"?\s*(=~|!~|!=|=)\s*("([^"\\]|\\.)*"|[^"{},\s]*)\s*$/)
  .superRefine((one, context) => {
    const [, pattern] = /(?:=~|!~)\s*"?(.*?)"?\s*$/.exec(one) ?? [];
    if (pattern !== undefined && !regex.safeParse(pattern).success) {
      context.addIssue({
        code: 'custom',
        message: 'a matcher with a regular expression that RE2 knows',
      });
    }
  });

const matchers = z.array(matcher).min(1);
const sendResolved = { send_resolved: z.boolean() };

const route = z.strictObject({
  matchers,
  receiver: text,
  continue: z.literal(true).optional(),
  group_wait: duration.optional(),
  group_interval: duration.optional(),
  repeat_interval: duration.optional(),
});

const receiver = z.strictObject({
  name: text,
  webhook_configs: z
    .array(z.strictObject({ url_file: path, ...sendResolved }))
    .min(1)
    .optional(),
  slack_configs: z
    .array(z.strictObject({ api_url_file: path, channel: text.optional(), ...sendResolved }))
    .min(1)
    .optional(),
  msteamsv2_configs: z
    .array(z.strictObject({ webhook_url_file: path, ...sendResolved }))
    .min(1)
    .optional(),
  pagerduty_configs: z
    .array(z.strictObject({ routing_key_file: path, ...sendResolved }))
    .min(1)
    .optional(),
  email_configs: z
    .array(
      z.strictObject({
        to: text,
        from: text,
        smarthost: z
          .string({ error: "a host and a port such as 'mail.example.com:587'" })
          .regex(/^[^\s:]+:\d+$/),
        require_tls: z.literal(true),
        auth_username: text.optional(),
        auth_password_file: path.optional(),
        ...sendResolved,
      }),
    )
    .min(1)
    .optional(),
});

/** Alertmanager's configuration file. */
export const alertmanagerFile = z
  .strictObject({
    global: z.strictObject({ http_config: z.strictObject({ proxy_url: url }) }).optional(),
    route: z.strictObject({
      receiver: text,
      group_by: z.array(labelName).min(1),
      group_wait: duration,
      group_interval: duration,
      repeat_interval: duration,
      routes: z.array(route),
    }),
    inhibit_rules: z.array(
      z.strictObject({
        source_matchers: matchers,
        target_matchers: matchers,
        equal: z.array(labelName).min(1),
      }),
    ),
    receivers: z.array(receiver).min(1),
  })
  .superRefine(({ route: root, receivers }, context) => {
    const names = receivers.map(({ name }) => name);
    const undefinedAt = (name: string, at: PropertyKey[]): void => {
      if (names.includes(name)) return;
      context.addIssue({ code: 'invalid_value', values: names, input: name, path: at });
    };
    undefinedAt(root.receiver, ['route', 'receiver']);
    root.routes.forEach((one, index) => {
      undefinedAt(one.receiver, ['route', 'routes', index, 'receiver']);
    });
    receivers.forEach(({ name, ...integrations }, index) => {
      if (name === 'nobody' || Object.keys(integrations).length > 0) return;
      context.addIssue({
        code: 'custom',
        path: ['receivers', index],
        message: 'a receiver that tells somebody: only nobody is told nothing',
      });
    });
    names.forEach((name, index) => {
      if (names.indexOf(name) < index) {
        context.addIssue({
          code: 'custom',
          path: ['receivers', index, 'name'],
          message: 'a name that no other receiver has',
        });
      }
    });
  });
