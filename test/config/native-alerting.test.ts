import { describe, expect, test } from 'vitest';
import type { EnvironmentOptions } from '../../src/environment/environment.js';
import { validate } from '../../src/environment/validate.js';
import { minimal } from '../environment.js';

type Alerting = NonNullable<EnvironmentOptions['alerting']>;
type Config = NonNullable<Alerting['config']>;

const secret = { secret: 'alertmanager', key: 'it' };
const pods = { kind: 'pods' as const, namespace: 'tools', labels: { app: 'it' } };
const reason = 'the server of this network has no TLS';

/** The findings of alerting options, as one line each. */
const findingsOf = (alerting: object): string[] =>
  validate({ ...minimal, alerting }, 'test', 'environments/test.ts').findings.map(
    ({ place, remedy }) => `${place.path?.replace('alerting.', '')}: ${remedy}`,
  );

const withConfig = (config: object, more: object = {}): string[] =>
  findingsOf({
    config: { route: { receiver: 'it' }, receivers: [{ name: 'it' }], ...config },
    ...more,
  });

/** The findings of one receiver in native configuration. */
const withReceiver = (receiver: object, global: object = {}, more: object = {}): string[] =>
  withConfig({ global, receivers: [{ name: 'it', ...receiver }] }, more);

const complete: Config = {
  global: {
    resolve_timeout: '10m',
    smtp_smarthost: 'smtp.example.com:587',
    smtp_from: 'alerts@example.com',
    smtp_auth_username: 'alerts',
    smtp_auth_password: secret,
    slack_api_url: { secret: 'alertmanager', key: 'slack' },
    opsgenie_api_key: { secret: 'alertmanager', key: 'opsgenie' },
    http_config: { proxy_url: 'http://proxy.example.com:3128', no_proxy: 'internal.example.com' },
  },
  route: {
    receiver: 'web.hook',
    group_by: ['alertname', 'service.name'],
    group_wait: '10s',
    routes: [
      { match: { severity: 'critical' }, receiver: 'Team A / critical', continue: true },
      { match_re: { service: 'a|b' }, mute_time_intervals: ['weekends', 'nights'] },
      { matchers: ['{team="a", owner=~"x.*"}'], receiver: 'null', group_by: [] },
      { matchers: ['alertname="JobFailed"'], receiver: 'nobody' },
    ],
  },
  inhibit_rules: [
    { source_match: { severity: 'critical' }, target_match_re: { severity: 'warning|info' } },
    { source_matchers: ['a="b"'], target_matchers: ['c="d"'], equal: ['namespace'] },
  ],
  receivers: [
    { name: 'web.hook', webhook_configs: [{ url: 'http://bot.tools.svc:5001/hook' }] },
    {
      name: 'Team A / critical',
      slack_configs: [{ channel: '#a' }, { channel: '#b', send_resolved: true }],
      opsgenie_configs: [{ priority: 'P1' }],
      email_configs: [{ to: 'a@example.com' }],
    },
    { name: 'null' },
  ],
  time_intervals: [
    {
      name: 'weekends',
      time_intervals: [
        {
          weekdays: ['saturday', 'Sunday'],
          days_of_month: [1, '-3:-1'],
          location: 'Europe/Berlin',
        },
      ],
    },
  ],
  mute_time_intervals: [
    {
      name: 'nights',
      time_intervals: [
        {
          times: [{ start_time: '00:00', end_time: '06:00' }],
          months: ['may:august', 1],
          years: [2026],
        },
      ],
    },
  ],
};

describe('native configuration', () => {
  test('can be complete', () => {
    expect(
      findingsOf({ config: complete, servers: [{ host: 'bot.tools.svc', at: pods }] }),
    ).toEqual([]);
  });

  test('can have only receivers, or only what the typed options lack', () => {
    const receivers = [{ name: 'it', webhook_configs: [{ url: secret }] }];
    expect(findingsOf({ config: { receivers }, defaultReceiver: 'it' })).toEqual([]);
    const slack = { kind: 'slack', name: 'chan', url: secret };
    const { time_intervals } = complete;
    expect(
      findingsOf({
        receivers: [slack],
        defaultReceiver: 'chan',
        routes: [
          { matchers: ['team="a"'], routes: [{ matchers: ['b="c"'], receiver: 'nobody' }] },
          { matchers: ['{d="e"}'], activeTimeIntervals: ['weekends'] },
        ],
        groupBy: ['namespace'],
        repeatInterval: '1d',
        config: { time_intervals, inhibit_rules: [] },
      }),
    ).toEqual([]);
  });

  test.each<[string, object, string]>([
    [
      'a receiver that does not exist',
      { route: { receiver: 'at' } },
      "config.route.receiver: Set it to 'it' or 'nobody'.",
    ],
    [
      'a time interval that does not exist',
      { route: { receiver: 'it', routes: [{ mute_time_intervals: ['nights'] }] } },
      'config.route.routes[0].mute_time_intervals[0]: Set it to the name of an interval in time_intervals of the configuration, which has none.',
    ],
    [
      'a root route that does not match all alerts',
      { route: { receiver: 'it', matchers: ['a="b"'] } },
      'config.route.matchers: Remove it: the root route must match all alerts.',
    ],
    [
      'two receivers with one name',
      { receivers: [{ name: 'it' }, { name: 'it' }] },
      'config.receivers[1].name: Set it to a name that no other receiver has.',
    ],
    [
      'two time intervals with one name',
      { time_intervals: [1, 2].map(() => ({ name: 'a', time_intervals: [] })) },
      'config.time_intervals[1].name: Set it to a name that no other time interval has.',
    ],
    [
      'paths of templates',
      { templates: ['/etc/alertmanager/*.tmpl'] },
      'config.templates: Remove it: set the texts of the files in alerting.templates.',
    ],
    [
      'a weekday that does not exist',
      { time_intervals: [{ name: 'a', time_intervals: [{ weekdays: ['moonday'] }] }] },
      "config.time_intervals[0].time_intervals[0].weekdays[0]: Set it to days of a week, which starts on Sunday, such as 'monday:friday'.",
    ],
    [
      'days in the wrong order',
      { time_intervals: [{ name: 'a', time_intervals: [{ weekdays: ['friday:monday'] }] }] },
      "config.time_intervals[0].time_intervals[0].weekdays[0]: Set it to days of a week, which starts on Sunday, such as 'monday:friday'.",
    ],
    [
      'an interval over midnight',
      {
        time_intervals: [
          { name: 'a', time_intervals: [{ times: [{ start_time: '22:00', end_time: '06:00' }] }] },
        ],
      },
      'config.time_intervals[0].time_intervals[0].times[0].end_time: Set it to a time after 22:00; an interval over midnight needs two ranges.',
    ],
    [
      'a zone that does not exist',
      { time_intervals: [{ name: 'a', time_intervals: [{ location: 'Europe/Berlim' }] }] },
      "config.time_intervals[0].time_intervals[0].location: Set it to a time zone such as 'Europe/Berlin'.",
    ],
  ])('cannot have %s', (_, config, finding) => {
    expect(withConfig(config)).toEqual([finding]);
  });

  test('replaces the typed routes, so it cannot be used with them', () => {
    expect(
      withConfig(
        {},
        {
          defaultReceiver: 'it',
          routes: [{ matchers: ['a="b"'], receiver: 'it' }],
          groupWait: '1m',
        },
      ),
    ).toEqual([
      'defaultReceiver: Remove it: config.route sets it.',
      'routes: Remove it: config.route sets it.',
      'groupWait: Remove it: config.route sets it.',
    ]);
  });

  test('needs a receiver, and a root route or a default receiver', () => {
    expect(findingsOf({})).toEqual([
      'receivers: Set it to a list of at least 1 item, or set config.',
    ]);
    expect(findingsOf({ config: { receivers: [{ name: 'it' }] } })).toEqual([
      'defaultReceiver: Set it to the name of one of the receivers, or set config.route.',
    ]);
  });
});

describe('typed options', () => {
  const slack = { kind: 'slack', name: 'chan', url: secret };
  const raw = (name: string, config: object) => ({
    receivers: [{ kind: 'raw', name, config }],
    defaultReceiver: name,
  });
  const mail = {
    to: 'a@example.com',
    from: 'b@example.com',
    smarthost: 'mail.example.com:587',
    auth_username: 'b',
    auth_password: secret,
  };

  test.each<[string, object]>([
    [
      'a route to nobody',
      {
        receivers: [slack],
        defaultReceiver: 'chan',
        routes: [{ matchers: ['alertname="JobFailed"'], receiver: 'nobody' }],
      },
    ],
    ['nobody as the default receiver', { receivers: [slack], defaultReceiver: 'nobody' }],
    ['any name of a receiver', raw('web.hook', { webhook_configs: [{ url: secret }] })],
    ['a receiver without an integration', raw('null', {})],
    ['mail that states nothing about TLS', raw('mail', { email_configs: [mail] })],
    [
      'several integrations of one kind',
      raw('mail', { email_configs: [mail, { ...mail, to: 'c@example.com' }] }),
    ],
  ])('accept %s', (_, alerting) => {
    expect(findingsOf(alerting)).toEqual([]);
  });

  test('reject an empty list of matchers and an unknown receiver', () => {
    const routes = [{ matchers: [] }, { matchers: ['a="b"'], receiver: 'nobdy' }];
    expect(findingsOf({ receivers: [slack], defaultReceiver: 'chan', routes })).toEqual([
      'routes[0].matchers: Set it to a list of at least 1 item.',
      "routes[1].receiver: Set it to 'chan' or 'nobody'.",
    ]);
  });
});

describe('a field that global can set', () => {
  test.each<[object, object, string]>([
    [{ slack_configs: [{ channel: '#a' }] }, { slack_api_url: secret }, 'slack_configs[0].api_url'],
    [
      { slack_configs: [{ channel: '#a' }] },
      { slack_app_token: secret },
      'slack_configs[0].api_url',
    ],
    [{ opsgenie_configs: [{}] }, { opsgenie_api_key: secret }, 'opsgenie_configs[0].api_key'],
    [
      { telegram_configs: [{ chat_id: 1 }] },
      { telegram_bot_token: secret },
      'telegram_configs[0].bot_token',
    ],
    [
      { email_configs: [{ to: 'a@example.com', from: 'b@example.com' }] },
      { smtp_smarthost: 'smtp.example.com:587' },
      'email_configs[0].smarthost',
    ],
  ])('is required only once: %j', (receiver, global, path) => {
    expect(withReceiver(receiver, global)).toEqual([]);
    expect(withReceiver(receiver).map((one) => one.split(': ')[0])).toEqual([
      `config.receivers[0].${path}`,
    ]);
    const raw = {
      receivers: [{ kind: 'raw', name: 'it', config: receiver }],
      defaultReceiver: 'it',
    };
    expect(findingsOf({ ...raw, config: { global } })).toEqual([]);
    expect(findingsOf(raw).map((one) => one.split(': ')[0])).toEqual([
      `receivers[0].config.${path}`,
    ]);
  });
});

describe('mail without TLS', () => {
  const mail = { to: 'a@example.com', from: 'b@example.com', smarthost: 'smtp.example.com:25' };
  const needed = [
    'plainSmtp: Set it to the reason why mail is sent to smtp.example.com without TLS.',
  ];

  test('needs a reason', () => {
    const plain = { email_configs: [{ ...mail, require_tls: false }] };
    expect(withReceiver(plain)).toEqual(needed);
    expect(withReceiver(plain, {}, { plainSmtp: reason })).toEqual([]);
    expect(withReceiver({ email_configs: [mail] }, { smtp_require_tls: false })).toEqual(needed);
    const typed = {
      kind: 'email',
      name: 'it',
      to: mail.to,
      from: mail.from,
      smtp: { host: 'smtp.example.com', requireTls: false },
    };
    expect(findingsOf({ receivers: [typed], defaultReceiver: 'it' })).toEqual(needed);
  });

  test.each([
    { smarthost: 'smtp.example.com:465' },
    { force_implicit_tls: true },
    { require_tls: true },
    {},
  ])('is not sent with %j, so there is no reason', (fields) => {
    const global =
      'require_tls' in fields || 'smarthost' in fields ? { smtp_require_tls: false } : {};
    const one = { email_configs: [{ ...mail, ...fields }] };
    expect(withReceiver(one, global)).toEqual([]);
    expect(withReceiver(one, global, { plainSmtp: reason })).toEqual([
      'plainSmtp: Remove it: all mail is sent with TLS.',
    ]);
  });
});

test('a certificate that is not verified needs a reason', () => {
  const http_config = { tls_config: { insecure_skip_verify: true } };
  const one = { webhook_configs: [{ url: secret, http_config }] };
  expect(withReceiver(one)).toEqual([
    'unverified: Set it to the reason why the certificate of the server in the Secret is not verified.',
  ]);
  expect(withReceiver(one, {}, { unverified: reason })).toEqual([]);
  expect(
    withReceiver({ webhook_configs: [{ url: secret }] }, { http_config }, { unverified: reason }),
  ).toEqual([]);
  expect(withReceiver({}, {}, { unverified: reason })).toEqual([
    'unverified: Remove it: all certificates are verified.',
  ]);
});

describe('a server that is not public', () => {
  const where = (host: string) =>
    `servers: Set it to a list with { host: '${host}', at: … }, in which at is where ${host} is: { kind: 'pods', namespace, labels } or { kind: 'addresses', cidrs }.`;
  const hook = (url: string) => ({ webhook_configs: [{ url }] });

  test('needs a place', () => {
    expect(withReceiver(hook('http://bot:8080/'))).toEqual([where('bot')]);
    expect(
      withReceiver(hook('http://bot:8080/'), {}, { servers: [{ host: 'bot', at: pods }] }),
    ).toEqual([]);
    expect(
      withReceiver(
        { email_configs: [{ to: 'a@example.com' }] },
        { smtp_smarthost: 'relay.mail.svc:25', smtp_from: 'b@example.com' },
      ),
    ).toEqual([where('relay.mail.svc')]);
  });

  test('is never the pod of Alertmanager itself', () => {
    for (const host of ['127.0.0.1', 'localhost']) {
      expect(withReceiver(hook(`http://${host}:5001/`))).toEqual([
        `servers: Set it to the place of a server that is elsewhere, and use its name or address in place of ${host}: that is the pod of the client itself, where nothing listens.`,
      ]);
    }
  });

  test('needs no place if it is an address', () => {
    expect(withReceiver(hook('http://192.168.1.10:9095/alert'))).toEqual([]);
  });

  test('cannot be declared if no receiver connects to it', () => {
    const servers = [{ host: 'bots', at: pods }];
    expect(withReceiver(hook('http://bot.tools.svc:8080/'), {}, { servers })).toEqual(
      [where('bot.tools.svc'), "servers[0].host: Set it to 'bot.tools.svc'."].filter((one) =>
        one.startsWith('servers'),
      ),
    );
    expect(
      withReceiver(
        { webhook_configs: [{ url: secret }] },
        {},
        { servers: [{ url: { secret: 'other', key: 'it' } }] },
      ),
    ).toEqual(['servers[0].url: Set it to the Secret with the URL of a receiver.']);
  });
});

test('a URL of a public server is a secret, and is not printed', () => {
  const { findings } = validate(
    {
      ...minimal,
      alerting: {
        config: {
          route: { receiver: 'it' },
          receivers: [
            { name: 'it', webhook_configs: [{ url: 'https://hooks.example.com/T0/secret' }] },
          ],
        },
      },
    },
    'test',
    'environments/test.ts',
  );
  expect(findings).toMatchObject([
    {
      value: '…',
      remedy:
        'Set it to { secret, key } of a Secret with the URL, which often contains a credential: only the URL of a server in the cluster, or at a private address, can be here.',
    },
  ]);
});

test('a fault in a template file is reported at its name', () => {
  expect(
    withConfig({}, { templates: { 'shop.tmpl': '{{ define "a" }}{{ toUper "b" }}{{ end }}' } }),
  ).toEqual(["templates['shop.tmpl']: Correct it: unknown function, in toUper."]);
  expect(withConfig({}, { templates: { 'shop.txt': '' } })).toEqual([
    "templates['shop.txt']: Use the name of a file such as 'slack.tmpl'.",
  ]);
});

describe('a template that a text uses', () => {
  const text = {
    slack_configs: [{ api_url: secret, title: '{{ template "slack.acme.title" . }}' }],
  };
  const fault =
    "slack_configs[0].title: Set it to a text that uses existing templates: no file in templates defines 'slack.acme.title'.";

  test('is defined in a file, in the text, or by Alertmanager', () => {
    const templates = { 'acme.tmpl': '{{ define "slack.acme.title" }}{{ .Status }}{{ end }}' };
    expect(withReceiver(text, {}, { templates })).toEqual([]);
    const title =
      '{{ define "a" }}b{{ end }}{{ template "a" . }}{{ template "slack.default.title" . }}';
    expect(withReceiver({ slack_configs: [{ api_url: secret, title }] })).toEqual([]);
  });

  test('is reported if nothing defines it', () => {
    expect(withReceiver(text)).toEqual([`config.receivers[0].${fault}`]);
    const receivers = [{ kind: 'raw', name: 'it', config: text }];
    expect(findingsOf({ receivers, defaultReceiver: 'it' })).toEqual([
      `receivers[0].config.${fault}`,
    ]);
    const templates = { 'acme.tmpl': '{{ define "a" }}{{ template "b" . }}{{ end }}' };
    expect(withConfig({}, { templates })).toEqual([
      "templates['acme.tmpl']: Set it to a text that uses existing templates: no file in templates defines 'b'.",
    ]);
  });

  test('cannot use a field that the notification does not have', () => {
    expect(
      withReceiver({ slack_configs: [{ api_url: secret, text: '{{ .Annotations.summary }}' }] }),
    ).toEqual([
      "config.receivers[0].slack_configs[0].text: Correct it: a notification has no field 'Annotations'. Each alert has it: use .CommonAnnotations, or {{ range .Alerts }}, in .Annotations.summary.",
    ]);
  });
});
