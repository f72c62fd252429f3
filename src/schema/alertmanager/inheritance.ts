import type { Refinement } from '../refinement.js';

/** The required fields of integrations, each with the fields of `global` that can replace it. */
const inherited: Readonly<Record<string, Readonly<Record<string, readonly string[]>>>> = {
  // require_tls is true by default.
  email_configs: { from: ['smtp_from'], smarthost: ['smtp_smarthost'], require_tls: [] },
  jira_configs: { api_url: ['jira_api_url'] },
  mattermost_configs: { webhook_url: ['mattermost_webhook_url'] },
  opsgenie_configs: { api_key: ['opsgenie_api_key'] },
  rocketchat_configs: { token: ['rocketchat_token'], token_id: ['rocketchat_token_id'] },
  slack_configs: { api_url: ['slack_api_url', 'slack_app_token'] },
  telegram_configs: { bot_token: ['telegram_bot_token'] },
  victorops_configs: { api_key: ['victorops_api_key'] },
  wechat_configs: { api_secret: ['wechat_api_secret'], corp_id: ['wechat_api_corp_id'] },
};

type Fields = Readonly<Record<string, unknown>>;

/** Each required field of an integration is set there or in `global`. */
export const inheritance: Refinement = ({ global, receivers }, context) => {
  for (const [index, receiver] of ((receivers ?? []) as Fields[]).entries()) {
    for (const [integration, needs] of Object.entries(inherited)) {
      for (const [at, fields] of ((receiver[integration] ?? []) as Fields[]).entries()) {
        for (const [name, globals] of Object.entries(needs)) {
          if (globals.length === 0 || has(fields, name)) continue;
          if (globals.some((one) => has((global ?? {}) as Fields, one))) continue;
          if (integration === 'slack_configs' && has(fields, 'app_token')) continue;
          const path = ['receivers', index, integration, at, name];
          const message = `a value, or set ${globals.join(' or ')} in global`;
          context.addIssue({ code: 'custom', path, message, input: undefined });
        }
      }
    }
  }
};

const has = (fields: Fields, name: string): boolean =>
  (fields[name] ?? fields[`${name}_file`]) !== undefined;

/** Removes the fields that `global` can set from the required fields. */
export const withoutInherited = (
  needed: Readonly<Record<string, readonly string[]>>,
  receiver: Readonly<Record<string, string>>,
): Readonly<Record<string, readonly string[]>> => {
  const own = { ...needed };
  for (const [integration, fields] of Object.entries(inherited)) {
    const type = receiver[integration]!.replace('[]', '');
    own[type] = (own[type] ?? []).filter((name) => !(name in fields));
  }
  return own;
};
