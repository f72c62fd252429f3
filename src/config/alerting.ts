import { z } from 'zod';
import { groupingFields, receiverName, route } from './alert-route.js';
import { alertServer } from './alert-server.js';
import { alertingRules } from './alerting-rules.js';
import { url } from './fields.js';
import { notificationTemplate } from './notification-template.js';
import { place } from './place.js';
import { rawConfig } from './raw-receiver.js';
import { receiver, secretUrl } from './receiver.js';

/**
 * Where notifications of alerts are sent: `receivers`, `defaultReceiver` and `routes`, or a complete
 * configuration of Alertmanager in `config`, or both.
 */
export const alerting = z
  .strictObject({
    /** Who gets notifications. @default - those of `config` */
    receivers: z.array(receiver).default([]),
    /** The receiver of alerts that no route matches. @default - `config.route` */
    defaultReceiver: receiverName.optional(),
    /** Evaluated in order; the first match applies. @default - `config.route` */
    routes: z.array(route).default([]),
    ...groupingFields,
    /** Called every five minutes while alerting works; the service at this URL raises the alarm if the calls stop. */
    deadMansSwitch: z.strictObject({ ...secretUrl, at: place.optional() }).optional(),
    /** The proxy of all receivers that use HTTP. @default - `proxy` of the environment */
    proxy: z.strictObject({ url, at: place }).optional(),
    /**
     * Native Alertmanager configuration, such as an existing `alertmanager.yml`, with references to Secrets instead
     * of secrets. `route` replaces the routes of the stack, except for that of the alert Watchdog, and
     * its inhibition rule. Without `route`, `inhibit_rules` are added to that rule.
     */
    config: rawConfig.optional(),
    /** Texts of template files for notifications, by file name. */
    templates: z
      .record(
        z.string({ error: "the name of a file such as 'slack.tmpl'" }).regex(/^[\w.-]+\.tmpl$/),
        notificationTemplate,
      )
      .default({}),
    /** Servers of receivers that are not public, or whose URL is in a Secret. */
    servers: z.array(alertServer).default([]),
    /** Why mail is sent without TLS, for `require_tls: false`; listed in the generated README. */
    plainSmtp: z.string().min(10).optional(),
    /** Why certificates of receivers are not verified, for `insecure_skip_verify`; listed in the generated README. */
    unverified: z.string().min(10).optional(),
  })
  .superRefine(alertingRules, {
    when: ({ value }) => typeof value === 'object' && value !== null,
  });

/** The validated form, with all defaults set. */
export type Alerting = z.output<typeof alerting>;
