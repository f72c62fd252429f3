import { z } from 'zod';
import { referencesIn } from '../../model/secret-file.js';
import alertmanager from '../data/alertmanager.js';
import { fieldsOf } from '../engine-schema.js';
import { duration, goDuration, labelName, regex } from '../format.js';
import { clientNeeded, clientScalars, serverUrl } from '../http-client.js';
import { addressText, isNumber, isPrivate } from '../private-host.js';
import { correction, readNotification } from '../template.js';
import { matcher } from './matcher.js';
import { timeScalars } from './time-interval.js';

// One Go type can have two meanings.
const types = {
  ...alertmanager.types,
  // The root route and its child routes.
  'config.Config': { ...alertmanager.types['config.Config'], route: 'config.RootRoute' },
  'config.RootRoute': alertmanager.types['config.Route'],
  // A URL that is a secret, and the URL of Slack's API, which is not a secret.
  'config.SlackConfig': { ...alertmanager.types['config.SlackConfig'], api_url: 'slack.API' },
  // The URL of a server in the cluster, which is not a secret.
  'webhook.WebhookConfig': { ...alertmanager.types['webhook.WebhookConfig'], url: 'webhook.URL' },
} as const;

/** A text in which Alertmanager expands a template. */
export const template = z.string().superRefine((value, context) => {
  for (const { message, value: at } of readNotification(value).faults) {
    context.addIssue({ code: 'custom', message: correction(message, at) });
  }
});

/** A value that is sent unchanged: a secret in it would be sent too. */
const anything = z
  .json({ error: 'text, numbers, true or false, lists and objects' })
  .refine((value) => referencesIn(value).length === 0, {
    error: 'a value without a reference to a Secret: references are not resolved in this field',
  });

// https://api.slack.com/methods/chat.postMessage
export const slackApi = z.literal('https://slack.com/api/chat.postMessage');

/** A server that the internet does not reach. A URL of a public server usually contains a secret. */
const privateUrl = serverUrl.refine(
  (value) => URL.canParse(value) && isPrivate(new URL(value).hostname),
  {
    error:
      '{ secret, key } of a Secret with the URL, which often contains a credential: only the URL of a server in the cluster, or at a private address, can be here',
  },
);

const scalars = {
  ...clientScalars,
  string: template,
  bool: z.boolean(),
  int: z.int(),
  uint: z.int().min(0),
  float: z.number(),
  any: anything,
  'model.Duration': duration,
  'time.Duration': goDuration,
  'config.duration': goDuration,
  'model.LabelName': labelName,
  'common.URL': serverUrl,
  'common.Regexp': regex,
  'common.Matchers': z.array(matcher),
  'jira.JiraFieldConfig': z.union([
    template,
    z.strictObject({ template: template.min(1), enable_update: z.boolean().optional() }),
  ]),
  'slack.API': slackApi,
  'webhook.URL': privateUrl,
  'config.HostPort': z
    .string({ error: "a host and a port such as 'smtp.example.com:587'" })
    .regex(/^([^\s:/[\]]+|\[[\da-fA-F:.]+\]):[1-9]\d{0,4}$/)
    .refine((value) => !isNumber(value), { error: `${addressText}, with a port` }),
  ...timeScalars,
} as const;

/** Required fields by type; those that `global` can set are in `inheritance.ts`. */
const needed = {
  ...clientNeeded,
  'config.Receiver': ['name'],
  'config.EmailConfig': ['to'],
  'config.ThreadingConfig': ['enabled', 'thread_by_date'],
  'discord.DiscordConfig': ['webhook_url'],
  'incidentio.IncidentioConfig': ['url'],
  'jira.JiraConfig': ['project', 'issue_type'],
  'msteams.MSTeamsConfig': ['webhook_url'],
  'msteamsv2.MSTeamsV2Config': ['webhook_url'],
  'opsgenie.OpsGenieConfigResponder': ['type'],
  'config.PushoverConfig': ['user_key', 'token'],
  'config.SlackAction': ['type', 'text'],
  'config.SlackConfirmationField': ['text'],
  'telegram.TelegramConfig': ['chat_id'],
  'config.VictorOpsConfig': ['routing_key'],
  'config.WebexConfig': ['http_config', 'room_id'],
  'webhook.WebhookConfig': ['url'],
  'config.RootRoute': ['receiver'],
  'config.TimeInterval': ['name', 'time_intervals'],
  'timeinterval.TimeRange': ['start_time', 'end_time'],
  'tracing.TracingConfig': ['endpoint'],
  'mattermost.MattermostField': ['title', 'value'],
  'config.SlackField': ['title', 'value'],
} as const;

/** The types, scalars and required fields of Alertmanager. */
export const engine = { types, scalars, needed };

/** The names of the integrations. */
export const integrations = Object.keys(fieldsOf(types, 'config.Receiver')).filter((name) =>
  name.endsWith('_configs'),
);
