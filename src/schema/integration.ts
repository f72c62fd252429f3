import { z } from 'zod';
import { duration, goDuration, text } from './format.js';
import {
  alone,
  httpClient,
  needs,
  one,
  oneLogin,
  optional,
  refused,
  type SecretField,
  serverUrl,
  tlsConfig,
} from './http-client.js';
import { readNotification } from './template.js';

// https://prometheus.io/docs/alerting/latest/configuration/, and config/ and notify/*/config.go of
// Alertmanager 0.34.

/** A text in which Alertmanager expands a template. */
const template = z.string().superRefine((value, context) => {
  for (const { message, value: at } of readNotification(value).faults) {
    context.addIssue({ code: 'custom', message: `a template that can be read. ${message} ${at}` });
  }
});

const flag = z.boolean().optional();
const count = z.int().min(0).optional();
const some = template.optional();
const needed = template.min(1);
const texts = z.record(z.string(), template).optional();
const timeout = goDuration.optional();

const isReference = (value: unknown): boolean =>
  typeof value === 'object' &&
  value !== null &&
  (Object.keys(value).sort().join() === 'key,secret' || Object.values(value).some(isReference));

/** What is sent as it is; a secret would be sent with it. */
const anything = z
  .json({ error: 'text, numbers, true or false, lists and objects' })
  .refine((value) => !isReference(value), {
    error: 'something without a reference to a Secret, which is not read here',
  })
  .optional();

type Words<S extends string> = S extends `${infer First} ${infer Rest}` ? First | Words<Rest> : S;

/** Texts by their names, none of which must be there. */
const named = <const S extends string>(names: S) =>
  Object.fromEntries(names.split(' ').map((name) => [name, some])) as {
    [N in Words<S>]: typeof some;
  };

const slackField = z.strictObject({ title: needed, value: needed, short: flag });

/** The fields of all integrations, with secrets as `secret` has them, each with those of `common`. */
export const integrationsOf = <S extends z.ZodType, C extends z.ZodRawShape>(
  secret: SecretField<S>,
  common: C,
  proxied: z.ZodRawShape = {},
) => {
  const clientFields = () => httpClient(secret, {}, proxied);
  const http = z.lazy(() => z.strictObject(clientFields()).superRefine(oneLogin));
  type Rule = (fields: Readonly<Record<string, unknown>>, context: z.RefinementCtx) => void;
  // Made where there is one: all of them would be a hundredth of a synth.
  const many = <T extends z.ZodRawShape>(fields: () => T, ...rules: Rule[]) =>
    z
      .array(
        z.lazy(() =>
          z.strictObject({ ...common, ...fields() }).superRefine((value, context) => {
            for (const rule of rules) rule(value as Readonly<Record<string, unknown>>, context);
          }),
        ),
      )
      .min(1)
      .optional();
  return {
    discord_configs: many(() => ({
      http_config: http.optional(),
      ...secret('webhook_url'),
      ...named('content title message username avatar_url'),
    })),
    email_configs: many(() => ({
      to: needed,
      from: needed,
      hello: text.optional(),
      smarthost: z
        .string({ error: "a host and a port such as 'smtp.example.com:587'" })
        .regex(/^[^\s:/]+:[1-9]\d{0,4}$/),
      auth_username: text.optional(),
      ...optional(secret('auth_password')),
      ...optional(secret('auth_secret')),
      auth_identity: text.optional(),
      headers: texts,
      html: some,
      text: some,
      require_tls: z.literal(true),
      force_implicit_tls: flag,
      tls_config: tlsConfig(secret, {}).optional(),
      threading: z
        .strictObject({ enabled: z.boolean(), thread_by_date: z.enum(['none', 'daily']) })
        .optional(),
    })),
    incidentio_configs: many(
      () => ({
        http_config: http.optional(),
        url: serverUrl,
        ...secret('alert_source_token'),
        max_alerts: count,
        timeout,
      }),
      alone('alert_source_token'),
    ),
    jira_configs: many(() => ({
      http_config: http.optional(),
      api_url: serverUrl,
      api_type: z.enum(['auto', 'cloud', 'datacenter']).optional(),
      project: needed,
      issue_type: needed,
      summary: z.union([template, jiraField]).optional(),
      description: z.union([template, jiraField]).optional(),
      labels: z.array(template).optional(),
      ...named('priority reopen_transition resolve_transition wont_fix_resolution'),
      reopen_duration: duration.optional(),
      fields: z.record(z.string(), anything).optional(),
    })),
    mattermost_configs: many(() => ({
      http_config: http.optional(),
      ...secret('webhook_url'),
      ...named('channel username icon_url icon_emoji type'),
      ...attachment,
      attachments: z.array(z.strictObject(attachment)).optional(),
      props: z.strictObject({ card: some }).optional(),
      priority: z
        .strictObject({
          priority: z.enum(['urgent', 'important', 'standard']).optional(),
          requested_ack: flag,
          persistent_notifications: flag,
        })
        .optional(),
    })),
    msteams_configs: many(() => ({
      http_config: http.optional(),
      ...secret('webhook_url'),
      ...named('title summary text'),
    })),
    msteamsv2_configs: many(() => ({
      http_config: http.optional(),
      ...secret('webhook_url'),
      ...named('title text'),
    })),
    opsgenie_configs: many(() => ({
      http_config: http.optional(),
      ...secret('api_key'),
      api_url: serverUrl.optional(),
      ...named('message description source entity actions tags note priority'),
      details: texts,
      responders: z
        .array(responder.superRefine(one(['id', 'name', 'username'], 'needed')))
        .optional(),
      update_alerts: flag,
    })),
    pagerduty_configs: many(
      () => ({
        http_config: http.optional(),
        ...optional(secret('routing_key')),
        ...optional(secret('service_key')),
        url: serverUrl.optional(),
        ...named('client client_url description source severity class component group'),
        details: z.record(z.string(), anything).optional(),
        images: z.array(z.strictObject(named('src alt href'))).optional(),
        links: z.array(z.strictObject(named('href text'))).optional(),
        timeout,
      }),
      one(['routing_key', 'service_key'], 'needed'),
    ),
    pushover_configs: many(
      () => ({
        http_config: http.optional(),
        ...secret('user_key'),
        ...secret('token'),
        ...named('title message url url_title device sound priority'),
        retry: goDuration.optional(),
        expire: goDuration.optional(),
        ttl: goDuration.optional(),
        html: z.literal(true).optional(),
        monospace: z.literal(true).optional(),
      }),
      one(['html', 'monospace']),
    ),
    rocketchat_configs: many(() => ({
      http_config: http.optional(),
      api_url: serverUrl.optional(),
      ...secret('token_id'),
      ...secret('token'),
      ...named('channel color title title_link text emoji icon_url image_url thumb_url'),
      fields: z.array(z.strictObject({ title: some, value: some, short: flag })).optional(),
      actions: z.array(z.strictObject(named('type text url msg'))).optional(),
      short_fields: flag,
      link_names: flag,
    })),
    slack_configs: many(
      () => ({
        http_config: http.optional(),
        ...optional(secret('api_url')),
        ...optional(secret('app_token')),
        app_url: serverUrl.optional(),
        ...named('channel username color title title_link pretext text message_text footer'),
        ...named('fallback callback_id icon_emoji icon_url image_url thumb_url'),
        fields: z.array(slackField).optional(),
        actions: z.array(action.superRefine(one(['url', 'name'], 'needed'))).optional(),
        short_fields: flag,
        link_names: flag,
        mrkdwn_in: z.array(text).optional(),
        timeout,
      }),
      one(['api_url', 'app_token'], 'needed'),
      alone('app_token'),
      needs('app_url', 'app_token'),
    ),
    sns_configs: many(
      () => ({
        http_config: http.optional(),
        api_url: serverUrl.optional(),
        sigv4: sigv4.optional(),
        ...named('topic_arn target_arn phone_number subject message'),
        attributes: texts,
        use_aws_http_client: flag,
      }),
      one(['topic_arn', 'target_arn', 'phone_number'], 'needed'),
    ),
    telegram_configs: many(() => ({
      http_config: http.optional(),
      api_url: serverUrl.optional(),
      ...secret('bot_token'),
      chat_id: z.int({ error: 'the number of a chat, which is not 0' }).refine((id) => id !== 0),
      message_thread_id: z.int().optional(),
      message: some,
      disable_notifications: flag,
      parse_mode: z.enum(['Markdown', 'MarkdownV2', 'HTML', '']).optional(),
    })),
    victorops_configs: many(() => ({
      http_config: http.optional(),
      ...secret('api_key'),
      api_url: serverUrl.optional(),
      routing_key: needed,
      ...named('message_type state_message entity_display_name monitoring_tool'),
      custom_fields: z
        .record(
          z
            .string({ error: 'a field that is not one of those that are sent anyway' })
            .regex(
              /^(?!(?:routing_key|message_type|state_message|entity_display_name|monitoring_tool|entity_id|entity_state)$)/,
            ),
          template,
        )
        .optional(),
    })),
    webex_configs: many(() => ({
      http_config: z
        .strictObject({
          ...clientFields(),
          authorization: clientFields().authorization.unwrap(),
        })
        .superRefine(oneLogin),
      api_url: serverUrl.optional(),
      message: some,
      room_id: needed,
    })),
    webhook_configs: many(() => ({
      http_config: http.optional(),
      ...secret('url'),
      max_alerts: count,
      timeout,
      payload: anything,
    })),
    wechat_configs: many(() => ({
      http_config: http.optional(),
      ...secret('api_secret'),
      api_url: serverUrl.optional(),
      corp_id: needed,
      ...named('message to_user to_party to_tag agent_id'),
      message_type: z.enum(['text', 'markdown']).optional(),
    })),
  };
};

const jiraField = z.strictObject({ template: needed, enable_update: flag });

const attachment = {
  ...named('fallback color pretext text author_name author_link author_icon title title_link'),
  ...named('thumb_url footer footer_icon image_url'),
  fields: z.array(slackField).optional(),
};

const responder = z.strictObject({
  ...named('id name username'),
  type: template.refine(
    (type) => type.includes('{{') || /^(team|teams|user|escalation|schedule)$/i.test(type),
    { error: "'team', 'teams', 'user', 'escalation', 'schedule', or a template" },
  ),
});

const action = z.strictObject({
  type: needed,
  text: needed,
  ...named('url style name value'),
  confirm: z.strictObject({ text: needed, ...named('title ok_text dismiss_text') }).optional(),
});

const unreadable = refused(
  'nothing: Alertmanager reads it from no file. A role_arn that the service account may take has none',
);

const sigv4 = z
  .strictObject({
    region: text.optional(),
    profile: text.optional(),
    role_arn: text.optional(),
    external_id: text.optional(),
    use_fips_sts_endpoint: flag,
    service_name: text.optional(),
    access_key: unreadable,
    secret_key: unreadable,
  })
  .superRefine(needs('external_id', 'role_arn'));

interface Address {
  /** The field that names whom it asks. @default - none, or a secret */
  readonly field?: string;
  /** Whom it asks where the field is not there. */
  readonly otherwise?: string;
  /** Without this field it asks another. */
  readonly with?: string;
}

/** Whom an integration asks, where that is not a secret. */
export const askedBy: Readonly<Record<string, Address>> = {
  email_configs: { field: 'smarthost' },
  incidentio_configs: { field: 'url' },
  jira_configs: { field: 'api_url' },
  opsgenie_configs: { field: 'api_url', otherwise: 'https://api.opsgenie.com/' },
  pagerduty_configs: { field: 'url', otherwise: 'https://events.pagerduty.com/v2/enqueue' },
  pushover_configs: { otherwise: 'https://api.pushover.net/1/messages.json' },
  rocketchat_configs: { field: 'api_url', otherwise: 'https://open.rocket.chat/' },
  slack_configs: {
    field: 'app_url',
    otherwise: 'https://slack.com/api/chat.postMessage',
    with: 'app_token',
  },
  sns_configs: { field: 'api_url' },
  telegram_configs: { field: 'api_url', otherwise: 'https://api.telegram.org' },
  victorops_configs: { field: 'api_url', otherwise: 'https://alert.victorops.com/' },
  webex_configs: { field: 'api_url', otherwise: 'https://webexapis.com/v1/messages' },
  wechat_configs: { field: 'api_url', otherwise: 'https://qyapi.weixin.qq.com/cgi-bin/' },
};
