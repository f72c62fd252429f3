import { describe, expect, test } from 'vitest';
import { notificationReceivers } from '../../src/components/alertmanager/receivers.js';
import { internet } from '../../src/config/internet.js';
import type { EnvironmentOptions } from '../../src/environment/environment.js';
import { full } from '../checks/full.js';
import { environmentOf } from './environment.js';

type AlertingOptions = NonNullable<EnvironmentOptions['alerting']>;
type ReceiverOptions = NonNullable<AlertingOptions['receivers']>[number];

const secret = { secret: 'alertmanager', key: 'it' };
const at = { kind: 'pods' as const, namespace: 'edge', labels: { app: 'proxy' } };

const receivers: ReceiverOptions[] = [
  { kind: 'webhook', name: 'hook', url: secret, port: 8443 },
  { kind: 'slack', name: 'slack', url: secret },
  { kind: 'msteams', name: 'teams', url: secret },
  { kind: 'pagerduty', name: 'pagerduty', routingKey: secret },
  {
    kind: 'email',
    name: 'mail',
    to: 'platform@example.com',
    from: 'alerts@example.com',
    smtp: { host: 'smtp.example.com', username: 'alerts', password: secret },
  },
];

const partiesOf = (more: Partial<AlertingOptions> = {}) =>
  notificationReceivers(
    environmentOf({ alerting: { receivers, defaultReceiver: 'slack', ...more } }),
  );

const authentication = { kind: 'secret', secret };

test('without alerting there are no receivers', () => {
  expect(notificationReceivers(environmentOf())).toEqual([]);
});

describe('a receiver', () => {
  test.each([
    ['hook', { port: 8443, scheme: 'https' }],
    ['slack', { port: 443, scheme: 'https' }],
    ['teams', { port: 443, scheme: 'https' }],
    ['pagerduty', { port: 443, scheme: 'https' }],
    ['mail', { port: 587, scheme: 'tcp', host: 'smtp.example.com' }],
  ])('%s has its port and its secret, and its certificate is verified', (name, endpoint) => {
    expect(partiesOf().find((party) => party.name === name)).toEqual({
      name,
      workloads: { [name]: internet },
      endpoints: {
        notify: {
          ...endpoint,
          authentication,
          verification: { kind: 'public-ca' },
          offers: [{ capability: 'notifications' }],
        },
      },
      consumes: [],
      declaration: {
        path: expect.stringMatching(/^alerting\.receivers\[\d\]$/),
        renamable: true,
      },
    });
  });

  test('has the configured location', () => {
    const parties = partiesOf({ receivers: receivers.map((one) => ({ ...one, at })) });
    expect(parties.map(({ workloads }) => Object.values(workloads))).toEqual(
      receivers.map(() => [at]),
    );
  });

  test('for mail can have no password', () => {
    const smtp = { host: 'smtp.example.com', port: 25 };
    const [mail] = partiesOf({
      receivers: [
        {
          kind: 'email',
          name: 'slack',
          to: 'platform@example.com',
          from: 'alerts@example.com',
          smtp,
        },
      ],
    });
    expect(mail?.endpoints.notify).toMatchObject(smtp);
    expect(mail?.endpoints.notify).not.toHaveProperty('authentication');
  });
});

describe('a dead man’s switch', () => {
  test('is a receiver like the others', () => {
    const parties = partiesOf({ deadMansSwitch: { url: secret, port: 444 } });
    expect(parties.at(-1)).toMatchObject({
      name: 'dead-mans-switch',
      workloads: { 'dead-mans-switch': internet },
      endpoints: { notify: { port: 444, scheme: 'https', authentication } },
    });
    expect(parties).toHaveLength(receivers.length + 1);
  });

  test('exists only if the environment has one', () => {
    expect(partiesOf().map(({ name }) => name)).toEqual(receivers.map(({ name }) => name));
  });
});

describe('behind a proxy', () => {
  const parties = partiesOf({
    deadMansSwitch: { url: secret },
    proxy: { url: 'http://proxy.example.com:3128', at },
  });

  test('receivers that use HTTP have the location of the proxy, and keep their own secret', () => {
    for (const { name, workloads, endpoints } of parties.filter((one) => one.name !== 'mail')) {
      expect(workloads).toEqual({ [name]: at });
      expect(endpoints.notify).toMatchObject({
        port: 3128,
        scheme: 'http',
        host: 'proxy.example.com',
        authentication,
      });
    }
  });

  test('mail does not use the proxy', () => {
    const mail = parties.find(({ name }) => name === 'mail');
    expect(mail?.workloads).toEqual({ mail: internet });
    expect(mail?.endpoints.notify).toMatchObject({ port: 587, host: 'smtp.example.com' });
  });

  test('the proxy can use https', () => {
    const [first] = partiesOf({ proxy: { url: 'https://proxy.example.com', at } });
    expect(first?.endpoints.notify).toMatchObject({ port: 443, scheme: 'https' });
  });
});

test('every kind of receiver is tested here', () => {
  expect(receivers.map(({ kind }) => kind)).toEqual(
    full.alerting.receivers.map(({ kind }) => kind),
  );
});

describe('a native receiver', () => {
  type Config = Extract<ReceiverOptions, { kind: 'raw' }>['config'];
  const told = (config: Config, more: Partial<AlertingOptions> = {}) =>
    partiesOf({
      receivers: [{ kind: 'raw', name: 'it', port: 8443, at, config }],
      defaultReceiver: 'it',
      ...more,
    })[0]!;
  const servers = (party: ReturnType<typeof told>) =>
    Object.values(party.endpoints).map(({ scheme, host, port, workload }) => [
      scheme,
      host,
      port,
      workload,
    ]);
  const mail = {
    to: 'a@example.com',
    from: 'b@example.com',
    smarthost: 'smtp.example.com:25',
    require_tls: true,
  } as const;

  test.each<[string, Config, unknown[]]>([
    [
      'at its default address',
      { telegram_configs: [{ bot_token: secret, chat_id: 1 }] },
      ['https', 'api.telegram.org', 443],
    ],
    [
      'at another address',
      { opsgenie_configs: [{ api_key: secret, api_url: 'http://opsgenie.example.com:8080/' }] },
      ['http', 'opsgenie.example.com', 8080],
    ],
    [
      'at a URL in a Secret with the configured port',
      { discord_configs: [{ webhook_url: secret }] },
      ['https', undefined, 8443],
    ],
    [
      'at Slack with a token',
      { slack_configs: [{ app_token: secret }] },
      ['https', 'slack.com', 443],
    ],
    ['with mail', { email_configs: [mail] }, ['tcp', 'smtp.example.com', 25]],
  ])('is reached %s', (_, config, server) => {
    expect(servers(told(config))).toEqual([[...server, 'it']]);
  });

  test('connects to each of its servers once, and to its token server', () => {
    const oauth2 = {
      client_id: 'a',
      client_secret: { secret: 'login', key: 'it' },
      token_url: 'https://login.example.com/token',
    };
    const party = told({
      webhook_configs: [{ url: secret, http_config: { oauth2 } }, { url: secret }],
    });
    expect(servers(party)).toEqual([
      ['https', undefined, 8443, 'it'],
      ['https', 'login.example.com', 443, 'it-login'],
    ]);
    expect(party.workloads).toEqual({ it: at, 'it-login': internet });
    expect(party.endpoints.notify?.authentication).toEqual({
      kind: 'secret',
      secret: oauth2.client_secret,
      others: [secret, secret],
    });
  });

  test('uses the proxy for HTTP, and not for mail', () => {
    const there = { kind: 'addresses', cidrs: ['192.0.2.0/28'] } as const;
    const party = told(
      { telegram_configs: [{ bot_token: secret, chat_id: 1 }], email_configs: [mail] },
      {
        proxy: { url: 'http://proxy.example.com:3128', at: { ...there, cidrs: ['192.0.2.0/28'] } },
      },
    );
    expect(servers(party)).toEqual([
      ['tcp', 'smtp.example.com', 25, 'it'],
      ['http', 'proxy.example.com', 3128, 'it-proxy'],
    ]);
    expect(party.workloads).toEqual({ it: at, 'it-proxy': there });
  });
});
