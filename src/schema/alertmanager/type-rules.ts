import { z } from 'zod';
import type { TypeRules } from '../engine-schema.js';
import { positiveDuration } from '../format.js';
import { headersOf, httpClientRules, logins, serverUrl } from '../http-client.js';
import { alone, needs, one, type Refinement } from '../refinement.js';
import { slackApi, template } from './engine.js';
import { inheritance } from './inheritance.js';
import { alertLabel, grouping } from './route.js';
import { timeRange } from './time-interval.js';

const type = template.refine(
  (value) => value.includes('{{') || /^(team|teams|user|escalation|schedule)$/i.test(value),
  { error: "'team', 'teams', 'user', 'escalation', 'schedule', or a template" },
);

/** A name outside the cluster; a line break at its end comes from a block of YAML. Templates can have line breaks. */
const channel = template.refine((value) => !/\p{Cc}/u.test(value.replace(/\{\{.*?\}\}/gs, '')), {
  error: "the name of a channel in one line, such as '#alerts'",
});

const sentAnyway =
  /^(?!(?:routing_key|message_type|state_message|entity_display_name|monitoring_tool|entity_id|entity_state)$)/;

const noPolicy = 'the network policies allow no connection to its server';

/** What is around a configuration in the values of Helm charts and in Secrets. */
export const wrappers: Readonly<Record<string, string>> = {
  alertmanager: 'pass the content of alertmanager.config',
  config: 'pass the content of config',
  stringData: "pass the parsed text of stringData['alertmanager.yaml']",
  data: "pass the decoded and parsed text of data['alertmanager.yaml']",
};

const oneSlack: Refinement = one(['slack_api_url', 'slack_app_token']);

/** https://github.com/prometheus/alertmanager/blob/v0.34.0/config/notifiers.go */
const mailHeaders: Refinement = ({ headers, threading }, context) => {
  const names = Object.keys(Object(headers));
  const threads = Object(threading).enabled === true;
  for (const [index, name] of names.entries()) {
    const same = (other: string): boolean => other.toLowerCase() === name.toLowerCase();
    const first = names.slice(0, index).find(same);
    const isThread = threads && ['references', 'in-reply-to'].some(same);
    if (first === undefined && !isThread) continue;
    const message =
      first === undefined ? 'nothing: threading sets it' : `nothing: it is the header ${first}`;
    const input = Object(headers)[name];
    context.addIssue({ code: 'custom', path: ['headers', name], message, input });
  }
};

const notRead =
  'nothing: Alertmanager cannot read this secret from a file. Use role_arn, which needs no secret';

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
    'config.HTTPClientConfig': {
      fields: { http_headers: (of) => headersOf(of('config.Header')) },
      refinements: [one([...logins, 'bearer_token'])],
    },
    'config.ProxyConfig': {
      ...client['config.ProxyConfig'],
      fields: { proxy_url: serverUrl },
      refused: {
        proxy_from_environment: 'nothing: set proxy_url, since the container has no such variables',
        ...(!inFile && {
          proxy_connect_header: 'nothing: Alertmanager cannot read these secrets from a file',
        }),
      },
    },
    'config.Config': {
      refinements: [inheritance],
      gone: inFile ? {} : wrappers,
      refused: inFile
        ? {}
        : {
            templates: 'nothing: set the texts of the files in alerting.templates',
            tracing: `nothing: ${noPolicy}`,
            event_recorder: `nothing: ${noPolicy}`,
          },
    },
    'config.GlobalConfig': {
      refinements: [oneSlack],
    },
    'config.EmailConfig': { refinements: [mailHeaders] },
    'common.InhibitRule': { fields: { equal: z.array(alertLabel) } },
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
    // The former field for responders of type team, as many configurations still have it.
    'opsgenie.OpsGenieConfig': { gone: { teams: "use responders: [{ type: 'team', name }]" } },
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
      refinements: [
        ({ html, monospace }, context) => {
          if (!html || !monospace) return;
          const message = 'nothing: it cannot be used with html';
          context.addIssue({ code: 'custom', path: ['monospace'], message, input: monospace });
        },
      ],
    },
    'config.RocketchatConfig': { fields: { channel } },
    'mattermost.MattermostConfig': { fields: { channel } },
    'config.SlackConfig': {
      fields: { channel },
      refinements: [
        one(['api_url', 'app_token']),
        alone('app_token'),
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
      fields: { ...route.fields, continue: z.literal(false) },
      refused: Object.fromEntries(
        [
          ...['match', 'match_re', 'matchers'],
          ...['mute_time_intervals', 'active_time_intervals'],
        ].map((name) => [name, 'nothing: the root route must match all alerts']),
      ),
    },
    'timeinterval.TimeRange': timeRange,
    'tracing.TracingConfig': {
      fields: { headers: (of) => headersOf(of('config.Header')), compression: z.literal('gzip') },
    },
  };
};
