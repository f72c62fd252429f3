import { z } from 'zod';
import alertmanager from '../data/alertmanager.js';
import { fieldsOf } from '../engine-schema.js';
import { duration, goDuration, labelName, regex } from '../format.js';
import { clientNeeded, clientScalars, serverUrl } from '../http-client.js';
import { readNotification } from '../template.js';
import { matchers } from './route.js';

// One Go type can have two meanings.
const types = {
  ...alertmanager.types,
  // The root route and its child routes.
  'config.Config': { ...alertmanager.types['config.Config'], route: 'config.RootRoute' },
  'config.RootRoute': alertmanager.types['config.Route'],
  // A URL that is a secret, and the URL of Slack's API, which is not a secret.
  'config.SlackConfig': { ...alertmanager.types['config.SlackConfig'], api_url: 'slack.API' },
} as const;

/** A text in which Alertmanager expands a template. */
export const template = z.string().superRefine((value, context) => {
  for (const { message, value: at } of readNotification(value).faults) {
    context.addIssue({ code: 'custom', message: `a valid template. ${message} ${at}` });
  }
});

const isReference = (value: unknown): boolean =>
  typeof value === 'object' &&
  value !== null &&
  (Object.keys(value).sort().join() === 'key,secret' || Object.values(value).some(isReference));

/** A value that is sent unchanged: a secret in it would be sent too. */
const anything = z
  .json({ error: 'text, numbers, true or false, lists and objects' })
  .refine((value) => !isReference(value), {
    error: 'a value without a reference to a Secret: references are not resolved in this field',
  });

// https://api.slack.com/methods/chat.postMessage
export const slackApi = z.literal('https://slack.com/api/chat.postMessage');

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
  'common.Matchers': matchers,
  'jira.JiraFieldConfig': z.union([
    template,
    z.strictObject({ template: template.min(1), enable_update: z.boolean().optional() }),
  ]),
  'slack.API': slackApi,
  'config.HostPort': z
    .string({ error: "a host and a port such as 'smtp.example.com:587'" })
    .regex(/^[^\s:/]+:[1-9]\d{0,4}$/),
  'timeinterval.WeekdayRange': z
    .string({ error: "days such as 'monday:friday'" })
    .regex(/^\w+(:\w+)?$/),
  'timeinterval.DayOfMonthRange': z
    .string({ error: "days such as '1:15' or '-1'" })
    .regex(/^-?\d{1,2}(:-?\d{1,2})?$/),
  'timeinterval.MonthRange': z
    .string({ error: "months such as 'may:august'" })
    .regex(/^\w+(:\w+)?$/),
  'timeinterval.YearRange': z.string({ error: "years such as '2026:2027'" }).regex(/^\d+(:\d+)?$/),
  'timeinterval.Location': z.string({ error: "a time zone such as 'Europe/Berlin'" }).min(1),
} as const;

/** Required fields by type. */
const needed = {
  ...clientNeeded,
  'config.Receiver': ['name'],
  'config.EmailConfig': ['to', 'from', 'smarthost', 'require_tls'],
  'config.ThreadingConfig': ['enabled', 'thread_by_date'],
  'discord.DiscordConfig': ['webhook_url'],
  'incidentio.IncidentioConfig': ['url'],
  'jira.JiraConfig': ['api_url', 'project', 'issue_type'],
  'mattermost.MattermostConfig': ['webhook_url'],
  'msteams.MSTeamsConfig': ['webhook_url'],
  'msteamsv2.MSTeamsV2Config': ['webhook_url'],
  'opsgenie.OpsGenieConfig': ['api_key'],
  'opsgenie.OpsGenieConfigResponder': ['type'],
  'config.PushoverConfig': ['user_key', 'token'],
  'config.RocketchatConfig': ['token_id', 'token'],
  'config.SlackAction': ['type', 'text'],
  'config.SlackConfirmationField': ['text'],
  'telegram.TelegramConfig': ['bot_token', 'chat_id'],
  'config.VictorOpsConfig': ['api_key', 'routing_key'],
  'config.WebexConfig': ['http_config', 'room_id'],
  'webhook.WebhookConfig': ['url'],
  'config.WechatConfig': ['api_secret', 'corp_id'],
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
