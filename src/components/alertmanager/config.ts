import { type Alerting, ownReceivers, type Receiver, type Route } from '../../config/alerting.js';
import { secretPath } from '../../model/identity.js';
import { withFiles } from '../../model/secret-file.js';
import { toYaml } from '../../model/yaml.js';

const { nobody, deadMansSwitch } = ownReceivers;

/** Alertmanager's configuration file. */
export const alertmanagerConfig = (alerting?: Alerting): string =>
  toYaml({
    ...(alerting?.proxy && { global: { http_config: { proxy_url: alerting.proxy.url } } }),
    route: {
      receiver: alerting?.defaultReceiver ?? nobody,
      group_by: ['alertname', 'cluster', 'namespace'],
      group_wait: '30s',
      group_interval: '5m',
      repeat_interval: '12h',
      routes: [
        {
          matchers: ['alertname="Watchdog"'],
          receiver: alerting?.deadMansSwitch ? deadMansSwitch : nobody,
          group_wait: '0s',
          group_interval: '1m',
          repeat_interval: '5m',
        },
        ...(alerting?.routes ?? []).map(routeOf),
        // They are there for other alerts' sake; who wants to be told of them has a route.
        { matchers: ['severity="info"'], receiver: nobody },
      ],
    },
    inhibit_rules: [
      {
        source_matchers: ['severity="critical"'],
        target_matchers: ['severity="warning"'],
        equal: subject,
      },
    ],
    receivers: [
      { name: nobody },
      ...(alerting?.deadMansSwitch
        ? [
            {
              name: deadMansSwitch,
              webhook_configs: [
                {
                  url_file: secretPath(alerting.deadMansSwitch.url),
                  send_resolved: false,
                },
              ],
            },
          ]
        : []),
      ...(alerting?.receivers ?? []).map((receiver) => receiverOf(receiver, alerting)),
    ],
  });

// An alert is about the same as another if all of these are equal; one that neither has is equal.
const subject = ['subject', 'cluster', 'job', 'node', 'instance', 'namespace', 'pod', 'container'];

const routeOf = (route: Route): object => ({
  matchers: route.matchers,
  receiver: route.receiver,
  ...(route.continue && { continue: true }),
  ...(route.groupBy && { group_by: route.groupBy }),
  ...(route.groupWait && { group_wait: route.groupWait }),
  ...(route.groupInterval && { group_interval: route.groupInterval }),
  ...(route.repeatInterval && { repeat_interval: route.repeatInterval }),
  ...(route.routes?.length && { routes: route.routes.map(routeOf) }),
});

const receiverOf = (receiver: Receiver, alerting?: Alerting): object => {
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
          },
        ],
      };
    case 'msteams':
      return {
        name: receiver.name,
        msteamsv2_configs: [{ webhook_url_file: secretPath(receiver.url), send_resolved }],
      };
    case 'pagerduty':
      return {
        name: receiver.name,
        pagerduty_configs: [{ routing_key_file: secretPath(receiver.routingKey), send_resolved }],
      };
    case 'email':
      return {
        name: receiver.name,
        email_configs: [
          {
            to: receiver.to,
            from: receiver.from,
            smarthost: `${receiver.smtp.host}:${receiver.smtp.port}`,
            require_tls: true,
            ...(receiver.smtp.username && { auth_username: receiver.smtp.username }),
            ...(receiver.smtp.password && {
              auth_password_file: secretPath(receiver.smtp.password),
            }),
            send_resolved,
          },
        ],
      };
    case 'raw':
      return { name: receiver.name, ...rawIntegrations(receiver, alerting?.proxy) };
  }
};

const rawIntegrations = (
  { config, sendResolved }: Extract<Receiver, { kind: 'raw' }>,
  proxy: Alerting['proxy'],
) =>
  Object.fromEntries(
    Object.entries(config).map(([integration, list]) => [
      integration,
      list.map((one: Fields) => {
        const { http_config: client, ...fields } = withFiles(one) as Fields;
        return {
          send_resolved: sendResolved,
          ...(client !== undefined && { http_config: through(proxy, client as Fields) }),
          ...fields,
        };
      }),
    ]),
  );

/** What is said of a client stands in place of the global settings, and that of a login beside it. */
const through = (proxy: Alerting['proxy'], client: Fields): Fields =>
  proxy
    ? {
        proxy_url: proxy.url,
        ...client,
        ...(client.oauth2 !== undefined && {
          oauth2: { proxy_url: proxy.url, ...(client.oauth2 as Fields) },
        }),
      }
    : client;

type Fields = Readonly<Record<string, unknown>>;
