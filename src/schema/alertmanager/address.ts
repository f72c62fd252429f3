import alertmanager from '../data/alertmanager.js';

interface Address {
  /** The field with the URL or address of the server. @default - none */
  readonly field?: string;
  /** The field of `global` that applies if `field` is not set. @default - none */
  readonly global?: string;
  /** The server if neither is set. */
  readonly fallback?: string;
}

const { defaults } = alertmanager;
const global = defaults['config.GlobalConfig'];

/** The server of each integration; the address can be a secret. */
export const serverFields: Readonly<Record<string, Address>> = {
  discord_configs: { field: 'webhook_url' },
  email_configs: { field: 'smarthost', global: 'smtp_smarthost' },
  incidentio_configs: { field: 'url' },
  jira_configs: { field: 'api_url', global: 'jira_api_url' },
  mattermost_configs: { field: 'webhook_url', global: 'mattermost_webhook_url' },
  msteams_configs: { field: 'webhook_url' },
  msteamsv2_configs: { field: 'webhook_url' },
  opsgenie_configs: {
    field: 'api_url',
    global: 'opsgenie_api_url',
    fallback: global.opsgenie_api_url,
  },
  pagerduty_configs: { field: 'url', global: 'pagerduty_url', fallback: global.pagerduty_url },
  // https://github.com/prometheus/alertmanager/blob/v0.34.0/notify/pushover/pushover.go
  pushover_configs: { fallback: 'https://api.pushover.net/1/messages.json' },
  rocketchat_configs: {
    field: 'api_url',
    global: 'rocketchat_api_url',
    fallback: global.rocketchat_api_url,
  },
  slack_configs: { field: 'api_url', global: 'slack_api_url' },
  sns_configs: { field: 'api_url' },
  telegram_configs: {
    field: 'api_url',
    global: 'telegram_api_url',
    fallback: global.telegram_api_url,
  },
  victorops_configs: {
    field: 'api_url',
    global: 'victorops_api_url',
    fallback: global.victorops_api_url,
  },
  webex_configs: { field: 'api_url', global: 'webex_api_url', fallback: global.webex_api_url },
  webhook_configs: { field: 'url' },
  wechat_configs: { field: 'api_url', global: 'wechat_api_url', fallback: global.wechat_api_url },
};

/** The server of Slack's integration if it has a token, and not the URL of a webhook. */
export const slackApp: Address = {
  field: 'app_url',
  global: 'slack_app_url',
  fallback: global.slack_app_url,
};
