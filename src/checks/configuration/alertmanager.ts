import { z } from 'zod';
import { duration, labelName, regex, text, url } from '../../schema/format.js';
import { fileField } from '../../schema/http-client.js';
import { integrationsOf } from '../../schema/integration.js';

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

const grouping = z
  .array(z.union([labelName, z.literal('...')]))
  .min(1)
  .refine((labels) => labels.length === 1 || !labels.includes('...'), {
    error: "labels, or '...' alone",
  });

const flatRoute = z.strictObject({
  matchers,
  receiver: text,
  continue: z.literal(true).optional(),
  group_by: grouping.optional(),
  group_wait: duration.optional(),
  group_interval: duration.optional(),
  repeat_interval: duration.optional(),
});

interface Route extends z.output<typeof flatRoute> {
  readonly routes?: Route[];
}

const within: z.ZodType<Route> = z.lazy(() => route);
const route = flatRoute.extend({ routes: z.array(within).min(1).optional() });

const receiver = z.lazy(() =>
  z.strictObject({
    name: text,
    ...integrationsOf(fileField, { send_resolved: z.boolean() }, { proxy_url: url.optional() }),
  }),
);

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
    const follow = (routes: readonly Route[], at: PropertyKey[]): void => {
      for (const [index, one] of routes.entries()) {
        undefinedAt(one.receiver, [...at, index, 'receiver']);
        follow(one.routes ?? [], [...at, index, 'routes']);
      }
    };
    follow(root.routes, ['route', 'routes']);
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
