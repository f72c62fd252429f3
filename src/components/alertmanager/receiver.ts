import type { Alerting } from '../../config/alerting.js';
import type { Receiver } from '../../config/receiver.js';
import { secretPath } from '../../model/identity.js';
import { withFiles } from '../../model/secret-file.js';
import type { messages } from './message.js';

/** A receiver in Alertmanager's configuration file. */
export const receiverOf = (
  receiver: Receiver,
  texts: ReturnType<typeof messages>,
  proxy: Alerting['proxy'],
): object => {
  const send_resolved = receiver.sendResolved;
  switch (receiver.kind) {
    case 'webhook':
      return {
        name: receiver.name,
        webhook_configs: [{ url_file: secretPath(receiver.url), send_resolved }],
      };
    case 'slack':
      return {
        name: receiver.name,
        slack_configs: [
          {
            api_url_file: secretPath(receiver.url),
            ...(receiver.channel && { channel: receiver.channel }),
            send_resolved,
            ...texts.slack,
          },
        ],
      };
    case 'msteams':
      return {
        name: receiver.name,
        msteamsv2_configs: [
          { webhook_url_file: secretPath(receiver.url), send_resolved, ...texts.msteams },
        ],
      };
    case 'pagerduty':
      return {
        name: receiver.name,
        pagerduty_configs: [
          {
            routing_key_file: secretPath(receiver.routingKey),
            send_resolved,
            ...texts.pagerduty,
          },
        ],
      };
    case 'email':
      return {
        name: receiver.name,
        email_configs: [
          {
            to: receiver.to,
            from: receiver.from,
            smarthost: `${receiver.smtp.host}:${receiver.smtp.port}`,
            require_tls: receiver.smtp.requireTls,
            ...(receiver.smtp.username && { auth_username: receiver.smtp.username }),
            ...(receiver.smtp.password && {
              auth_password_file: secretPath(receiver.smtp.password),
            }),
            send_resolved,
            ...texts.email,
          },
        ],
      };
    case 'raw':
      return {
        name: receiver.name,
        ...integrations(receiver.config, { send_resolved }, proxy),
      };
  }
};

type Fields = Readonly<Record<string, unknown>>;

/** The integrations of a native receiver, each with the given fields if it does not set them. */
export const integrations = (config: Fields, given: Fields, proxy: Alerting['proxy']): Fields =>
  Object.fromEntries(
    Object.entries(config).map(([name, value]) => [
      name,
      Array.isArray(value) ? value.map((one) => integration(one, given, proxy)) : value,
    ]),
  );

const integration = (fields: unknown, given: Fields, proxy: Alerting['proxy']): Fields => {
  const { http_config: client, ...others } = withFiles(fields) as Fields;
  return {
    ...given,
    ...(client !== undefined && { http_config: through(proxy, client as Fields) }),
    ...others,
  };
};

/** Settings of a client replace the global ones, also those of its login. */
export const through = (proxy: Alerting['proxy'], client: Fields): Fields =>
  proxy
    ? {
        proxy_url: proxy.url,
        ...client,
        ...(client.oauth2 !== undefined && {
          oauth2: { proxy_url: proxy.url, ...(client.oauth2 as Fields) },
        }),
      }
    : client;
