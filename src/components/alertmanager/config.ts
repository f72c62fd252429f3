import { type Alerting, ownReceivers, type Receiver, type Route } from '../../config/alerting.js';
import { secretPath } from '../../model/identity.js';
import { withFiles } from '../../model/secret-file.js';
import type { AlertmanagerConfig } from './file.js';
import { messages } from './message.js';

const { nobody, deadMansSwitch } = ownReceivers;

/** Alertmanager's configuration file; `reachable`: whether its web interface has a public URL. */
export const alertmanagerConfig = (
  alerting: Alerting | undefined,
  reachable: boolean,
): AlertmanagerConfig => ({
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
      ...toAll(alerting?.receivers ?? []),
      ...(alerting?.routes ?? []).map(routeOf),
      // They only inhibit other alerts. A receiver that needs them has its own route.
      { matchers: ['severity="info"'], receiver: nobody },
    ],
  },
  inhibit_rules: [
    {
      // A critical alert about a receiver cannot be delivered by it, so it inhibits no warning about it.
      // A label that both lack is equal: rules of others, which have no subject, inhibit nothing.
      source_matchers: ['severity="critical"', 'subject!=""', 'reach!="all"'],
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
    ...(alerting?.receivers ?? []).map((receiver) =>
      receiverOf(receiver, messages(reachable), alerting),
    ),
  ],
});

// Labels that two alerts about the same subject have in common; a label that both lack is equal.
const subject = ['subject', 'cluster', 'job', 'node', 'instance', 'namespace', 'pod', 'container'];

/** Routes that send alerts about failing notifications to every receiver, and to no other route. */
const toAll = (receivers: readonly Receiver[]): object[] =>
  receivers.map(({ name }, index) => ({
    matchers: ['reach="all"'],
    receiver: name,
    ...(index < receivers.length - 1 && { continue: true }),
  }));

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

const receiverOf = (
  receiver: Receiver,
  texts: ReturnType<typeof messages>,
  alerting?: Alerting,
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
            require_tls: true,
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
      return { name: receiver.name, ...rawIntegrations(receiver, alerting?.proxy) };
  }
};

const rawIntegrations = (
  { config, sendResolved }: Extract<Receiver, { kind: 'raw' }>,
  proxy: Alerting['proxy'],
) =>
  Object.fromEntries(
    Object.entries(config).map(([name, value]) => [
      name,
      Array.isArray(value) ? value.map((one) => integration(one, sendResolved, proxy)) : value,
    ]),
  );

const integration = (fields: unknown, sendResolved: boolean, proxy: Alerting['proxy']): Fields => {
  const { http_config: client, ...others } = withFiles(fields) as Fields;
  return {
    send_resolved: sendResolved,
    ...(client !== undefined && { http_config: through(proxy, client as Fields) }),
    ...others,
  };
};

/** Settings of a client replace the global ones, also those of its login. */
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
