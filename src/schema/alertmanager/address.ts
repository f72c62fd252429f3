import alertmanager from '../data/alertmanager.js';

interface Address {
  /** The field with the URL or address of the server. @default - none, or a secret */
  readonly field?: string;
  /** The server if the field is not set. */
  readonly fallback?: string;
  /** The field that must be set, or `field` has no effect. */
  readonly with?: string;
}

const global = alertmanager.defaults['config.GlobalConfig'];

/** The server of each integration, if its address is not a secret. */
export const serverFields: Readonly<Record<string, Address>> = {
  email_configs: { field: 'smarthost' },
  incidentio_configs: { field: 'url' },
  jira_configs: { field: 'api_url' },
  opsgenie_configs: { field: 'api_url', fallback: global.opsgenie_api_url },
  pagerduty_configs: { field: 'url', fallback: global.pagerduty_url },
  // https://github.com/prometheus/alertmanager/blob/v0.34.0/notify/pushover/pushover.go
  pushover_configs: { fallback: 'https://api.pushover.net/1/messages.json' },
  rocketchat_configs: { field: 'api_url', fallback: global.rocketchat_api_url },
  slack_configs: { field: 'app_url', fallback: global.slack_app_url, with: 'app_token' },
  sns_configs: { field: 'api_url' },
  telegram_configs: { field: 'api_url', fallback: global.telegram_api_url },
  victorops_configs: { field: 'api_url', fallback: global.victorops_api_url },
  webex_configs: { field: 'api_url', fallback: global.webex_api_url },
  wechat_configs: { field: 'api_url', fallback: global.wechat_api_url },
};
