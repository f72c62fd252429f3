import type { z } from 'zod';
import type { Refinement } from '../refinement.js';

/** The required fields of integrations, each with the fields of `global` that can replace it. */
const inherited: Readonly<Record<string, Readonly<Record<string, readonly string[]>>>> = {
  email_configs: { from: ['smtp_from'], smarthost: ['smtp_smarthost'] },
  jira_configs: { api_url: ['jira_api_url'] },
  mattermost_configs: { webhook_url: ['mattermost_webhook_url'] },
  opsgenie_configs: { api_key: ['opsgenie_api_key'] },
  rocketchat_configs: { token_id: ['rocketchat_token_id'], token: ['rocketchat_token'] },
  slack_configs: { api_url: ['slack_api_url', 'slack_app_token'] },
  telegram_configs: { bot_token: ['telegram_bot_token'] },
  victorops_configs: { api_key: ['victorops_api_key'] },
  wechat_configs: { api_secret: ['wechat_api_secret'], corp_id: ['wechat_api_corp_id'] },
};

type Fields = Readonly<Record<string, unknown>>;

/** Each required field of the integrations of a receiver at `path` is set there or in `global`. */
export const inherits = (
  receiver: unknown,
  global: unknown,
  path: readonly (string | number)[],
  context: z.RefinementCtx,
): void => {
  for (const [integration, needs] of Object.entries(inherited)) {
    for (const [at, fields] of listOf(fieldsOf(receiver)[integration]).entries()) {
      for (const [name, globals] of Object.entries(needs)) {
        if (has(fields, name) || globals.some((one) => has(fieldsOf(global), one))) continue;
        if (integration === 'slack_configs' && has(fields, 'app_token')) continue;
        const message = `a value, or set ${globals.join(' or ')} in global`;
        const field = [...path, integration, at, name];
        context.addIssue({ code: 'custom', path: field, message, input: undefined });
      }
    }
  }
};

/** Each required field of an integration is set there or in `global`. */
export const inheritance: Refinement = ({ global, receivers }, context) => {
  for (const [index, receiver] of listOf(receivers).entries()) {
    inherits(receiver, global, ['receivers', index], context);
  }
};

const listOf = (value: unknown): readonly Fields[] =>
  Array.isArray(value) ? value.map(fieldsOf) : [];

const fieldsOf = (value: unknown): Fields =>
  typeof value === 'object' && value !== null ? (value as Fields) : {};

const has = (fields: Fields, name: string): boolean =>
  (fields[name] ?? fields[`${name}_file`]) !== undefined;
