import { describe, expect, test } from 'vitest';
import type { EnvironmentOptions } from '../../src/config/environment.js';
import { internet } from '../../src/parties/internet.js';
import { notificationReceivers } from '../../src/parties/receivers.js';
import { full } from '../checks/full.js';
import { environmentOf } from './environment.js';

type AlertingOptions = NonNullable<EnvironmentOptions['alerting']>;
type ReceiverOptions = AlertingOptions['receivers'][number];

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

test('without alerting nobody is told', () => {
  expect(notificationReceivers(environmentOf())).toEqual([]);
});

describe('a receiver', () => {
  test.each([
    ['hook', { port: 8443, scheme: 'https' }],
    ['slack', { port: 443, scheme: 'https' }],
    ['teams', { port: 443, scheme: 'https' }],
    ['pagerduty', { port: 443, scheme: 'https' }],
    ['mail', { port: 587, scheme: 'tcp', host: 'smtp.example.com' }],
  ])(
    '%s is told on its port, by its secret, with a certificate that is verified',
    (name, endpoint) => {
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
      });
    },
  );

  test('is where the environment says', () => {
    const parties = partiesOf({ receivers: receivers.map((one) => ({ ...one, at })) });
    expect(parties.map(({ workloads }) => Object.values(workloads))).toEqual(
      receivers.map(() => [at]),
    );
  });

  test('by mail may ask for no password', () => {
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

  test('is none unless the environment has one', () => {
    expect(partiesOf().map(({ name }) => name)).toEqual(receivers.map(({ name }) => name));
  });
});

describe('behind a proxy', () => {
  const parties = partiesOf({
    deadMansSwitch: { url: secret },
    proxy: { url: 'http://proxy.example.com:3128', at },
  });

  test('all that is told by HTTP is where the proxy is, with its own secret all the same', () => {
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

  test('mail goes its own way', () => {
    const mail = parties.find(({ name }) => name === 'mail');
    expect(mail?.workloads).toEqual({ mail: internet });
    expect(mail?.endpoints.notify).toMatchObject({ port: 587, host: 'smtp.example.com' });
  });

  test('by https, it is reached by https', () => {
    const [first] = partiesOf({ proxy: { url: 'https://proxy.example.com', at } });
    expect(first?.endpoints.notify).toMatchObject({ port: 443, scheme: 'https' });
  });
});

test('every kind of receiver is known here', () => {
  expect(receivers.map(({ kind }) => kind)).toEqual(
    full.alerting.receivers.map(({ kind }) => kind),
  );
});

describe('a receiver in Alertmanager’s own words', () => {
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
      'at its usual address',
      { telegram_configs: [{ bot_token: secret, chat_id: 1 }] },
      ['https', 'api.telegram.org', 443],
    ],
    [
      'at another',
      { opsgenie_configs: [{ api_key: secret, api_url: 'http://opsgenie.example.com:8080/' }] },
      ['http', 'opsgenie.example.com', 8080],
    ],
    [
      'at a URL in a Secret, whose port is said',
      { discord_configs: [{ webhook_url: secret }] },
      ['https', undefined, 8443],
    ],
    [
      'at Slack by a token',
      { slack_configs: [{ app_token: secret }] },
      ['https', 'slack.com', 443],
    ],
    ['by mail', { email_configs: [mail] }, ['tcp', 'smtp.example.com', 25]],
  ])('is told %s', (_, config, server) => {
    expect(servers(told(config))).toEqual([[...server, 'it']]);
  });

  test('asks each server that it names once, and where it logs in', () => {
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

  test('goes through the proxy by HTTP, and by mail its own way', () => {
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
