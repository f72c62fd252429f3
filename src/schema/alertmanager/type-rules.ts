import { z } from 'zod';
import { fieldsOf, type TypeRules } from '../engine-schema.js';
import { positiveDuration } from '../format.js';
import { headersOf, httpClientRules, serverUrl } from '../http-client.js';
import { alone, needs, one } from '../refinement.js';
import { engine, integrations, slackApi, template } from './engine.js';
import { inheritance } from './inheritance.js';
import { grouping } from './route.js';

const time = z
  .string({ error: "a time such as '17:00'" })
  .regex(/^([01]\d|2[0-3]):[0-5]\d$|^24:00$/);

const type = template.refine(
  (value) => value.includes('{{') || /^(team|teams|user|escalation|schedule)$/i.test(value),
  { error: "'team', 'teams', 'user', 'escalation', 'schedule', or a template" },
);

const sentAnyway =
  /^(?!(?:routing_key|message_type|state_message|entity_display_name|monitoring_tool|entity_id|entity_state)$)/;

const notRead =
  'nothing: Alertmanager cannot read this secret from a file. Use role_arn, which needs no secret';

const receiver = fieldsOf(engine.types, 'config.Receiver');

// What the methods UnmarshalYAML of config/config.go, config/notifiers.go and notify/*/config.go in
// https://github.com/prometheus/alertmanager/tree/v0.34.0 reject, and what Crowsnest rejects.
export const rulesOf = (reference?: z.ZodType): TypeRules => {
  const inFile = reference === undefined;
  const client = httpClientRules(reference);
  const route = {
    fields: {
      group_by: grouping,
      group_interval: positiveDuration,
      repeat_interval: positiveDuration,
    },
  };
  return {
    ...client,
    'config.TLSConfig': {
      ...client['config.TLSConfig'],
      refused: {
        insecure_skip_verify:
          'nothing: the certificate of a receiver must be verified. Set ca instead',
      },
    },
    'config.Config': { refinements: [inheritance] },
    'config.Receiver': {
      fields: Object.fromEntries(
        integrations.map((name) => [name, (of) => (of(receiver[name]!) as z.ZodArray).min(1)]),
      ),
    },
    'config.GlobalConfig': { fields: { smtp_require_tls: z.literal(true) } },
    'config.EmailConfig': {
      fields: { require_tls: z.literal(true) },
    },
    'config.ThreadingConfig': {
      fields: { thread_by_date: z.enum(['none', 'daily']) },
    },
    'incidentio.IncidentioConfig': {
      refinements: [
        alone('alert_source_token'),
        ({ alert_source_token, alert_source_token_file, http_config }, context) => {
          const { authorization } = (http_config ?? {}) as { authorization?: unknown };
          if (alert_source_token ?? alert_source_token_file ?? authorization) return;
          const message = 'a value, or set http_config.authorization';
          context.addIssue({ code: 'custom', path: ['alert_source_token'], message });
        },
      ],
    },
    'jira.JiraConfig': {
      fields: {
        api_type: z.enum(['auto', 'cloud', 'datacenter']),
      },
    },
    'mattermost.MattermostPriority': {
      fields: { priority: z.enum(['urgent', 'important', 'standard']) },
    },
    'opsgenie.OpsGenieConfigResponder': {
      fields: { type },
      refinements: [one(['id', 'name', 'username'], 'needed')],
    },
    'pagerduty.PagerdutyConfig': { refinements: [one(['routing_key', 'service_key'], 'needed')] },
    'config.PushoverConfig': {
      fields: { html: z.literal(true), monospace: z.literal(true) },
      refinements: [one(['html', 'monospace'])],
    },
    'config.SlackConfig': {
      refinements: [
        one(['api_url', 'app_token'], inFile ? undefined : 'needed'),
        alone('app_token'),
        ...(inFile ? [] : [needs('app_url', 'app_token')]),
        ({ update_message, api_url }, context) => {
          if (!update_message || api_url === slackApi.value) return;
          const message = `'${slackApi.value}', with the bot's token in http_config.authorization: no other API can update messages`;
          context.addIssue({ code: 'custom', path: ['api_url'], message, input: api_url });
        },
      ],
    },
    'config.SlackAction': {
      refinements: [one(['url', 'name'], 'needed')],
    },
    'config.SNSConfig': {
      fields: { api_url: serverUrl },
      refinements: [one(['topic_arn', 'target_arn', 'phone_number'], 'needed')],
    },
    'sigv4.SigV4Config': {
      refused: { access_key: notRead, secret_key: notRead },
      refinements: [needs('external_id', 'role_arn')],
    },
    'telegram.TelegramConfig': {
      fields: {
        chat_id: z.int({ error: 'the number of a chat, other than 0' }).refine((id) => id !== 0),
        parse_mode: z.enum(['Markdown', 'MarkdownV2', 'HTML', '']),
      },
    },
    'config.VictorOpsConfig': {
      fields: {
        custom_fields: z.record(
          z
            .string({ error: 'the name of a field that Alertmanager does not set itself' })
            .regex(sentAnyway),
          template,
        ),
      },
    },
    'config.WebexConfig': {
      refinements: [
        ({ http_config }, context) => {
          const { authorization } = (http_config ?? {}) as { authorization?: unknown };
          if (http_config === undefined || authorization !== undefined) return;
          const path = ['http_config', 'authorization'];
          const message = 'an object with credentials';
          context.addIssue({ code: 'custom', path, message, input: undefined });
        },
      ],
    },
    'config.WechatConfig': {
      fields: { message_type: z.enum(['text', 'markdown']) },
    },
    'config.Route': route,
    'config.RootRoute': {
      ...route,
      refused: Object.fromEntries(
        [
          ...['match', 'match_re', 'matchers', 'continue'],
          ...['mute_time_intervals', 'active_time_intervals'],
        ].map((name) => [name, 'nothing: the root route must match all alerts']),
      ),
    },
    'timeinterval.TimeRange': {
      fields: { start_time: time, end_time: time },
    },
    'tracing.TracingConfig': {
      fields: { headers: (of) => headersOf(of('config.Header')), compression: z.literal('gzip') },
    },
  };
};
