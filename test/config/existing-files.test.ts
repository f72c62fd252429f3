import { describe, expect, test } from 'vitest';
import { parse } from 'yaml';
import { validate } from '../../src/environment/validate.js';
import { minimal } from '../environment.js';

/** The environment with options, and its findings as one line each. */
const resultOf = (options: object) => {
  const { environment, findings } = validate(
    { ...minimal, ...options },
    'test',
    'environments/test.ts',
  );
  const lines = findings.map(
    ({ place, remedy, suggestion }) =>
      `${place.path}: ${remedy}${suggestion ? ` (${suggestion}?)` : ''}`,
  );
  return { environment, lines };
};

const withAlerting = (text: string, more: object = {}): string[] =>
  resultOf({ alerting: { config: parse(text), ...more } }).lines;

const withReceiver = (text: string): string[] =>
  withAlerting(`route: { receiver: it }\nreceivers: [{ name: it, ${text} }]`);

const at = 'alerting.config.receivers[0]';

describe('a field without a value', () => {
  test('is absent in an alertmanager.yml, as for Alertmanager', () => {
    const text = `
global:
route:
  receiver: it
  group_by:
  routes:
    # - receiver: it
inhibit_rules:
receivers:
  - name: it
    email_configs:
    webhook_configs:
      - url: http://bot.tools.svc/
        http_config:
        max_alerts:
templates:
time_intervals:
  # - name: nights`;
    const pods = { kind: 'pods', namespace: 'tools', labels: { app: 'bot' } };
    const { lines, environment } = resultOf({
      alerting: { config: parse(text), servers: [{ host: 'bot.tools.svc', at: pods }] },
    });
    expect(lines).toEqual([]);
    expect(environment?.alerting?.config).toEqual({
      route: { receiver: 'it' },
      receivers: [{ name: 'it', webhook_configs: [{ url: 'http://bot.tools.svc/' }] }],
    });
  });

  test('is absent in a prometheus.yml, as in the file that Prometheus ships', () => {
    // https://github.com/prometheus/prometheus/blob/v3.14.0/documentation/examples/prometheus.yml
    const file = parse(`
global:
  scrape_timeout:
alerting:
  alertmanagers:
    - static_configs:
        - targets:
          # - alertmanager:9093
rule_files:
  # - "first_rules.yml"
scrape_configs:
  - job_name: "prometheus"
    params:
    static_configs:
      - targets: ["192.0.2.7:9090"]
        labels:
          app: "prometheus"
      - targets:`);
    const { lines, environment } = resultOf({
      prometheus: {
        config: { global: file.global, rule_files: file.rule_files },
        alertmanagers: file.alerting.alertmanagers,
        scrapeConfigs: file.scrape_configs.map((config: object) => ({ config })),
      },
    });
    expect(lines).toEqual([]);
    expect(environment?.prometheus.config).toEqual({ global: {} });
  });

  test('is reported if it is required, or if the field does not exist', () => {
    expect(withAlerting('route: { receiver: }\nreceivers: [{ name: it }]')).toEqual([
      'alerting.config.route.receiver: Set it to a string that is not empty.',
    ]);
    expect(withReceiver('emial_configs: ')).toEqual([expect.stringContaining('(email_configs?)')]);
    expect(
      resultOf({
        prometheus: {
          scrapeConfigs: [{ config: { job_name: 'a', static_configs: [{ targets: null }] } }],
        },
      }).lines,
    ).toEqual([
      'prometheus.scrapeConfigs[0].config.static_configs: Set it to a list of targets, or their names in dns_sd_configs.',
    ]);
  });

  test('is reported if it is a secret, which was left out', () => {
    const config = 'global: { slack_api_url: }\nroute: { receiver: it }\nreceivers: [{ name: it }]';
    expect(withAlerting(config)).toEqual([
      expect.stringMatching(/^alerting\.config\.global\.slack_api_url: Set it to /),
    ]);
  });

  test('is reported as an item of a list, which the engine rejects', () => {
    expect(withAlerting('route: { receiver: it }\nreceivers:\n  - name: it\n  -\n')).toEqual([
      'alerting.config.receivers[1]: Set it to an object with name.',
    ]);
  });
});

describe('the file of a secret', () => {
  const inSecret = (name: string): string =>
    `Remove it: set ${name}: { secret, key }, which is mounted as a file.`;

  test('is reported with the reference to use instead, once', () => {
    const text = `
global: { slack_api_url_file: /etc/slack, smtp_auth_password_file: /etc/mail }
route: { receiver: it }
receivers:
  - name: it
    slack_configs: [{ channel: '#a' }]
    webhook_configs: [{ url_file: /etc/url }]
    opsgenie_configs: [{ api_key_file: /etc/key }]
    pagerduty_configs:
      - routing_key_file: /etc/key
        http_config:
          tls_config: { ca_file: /etc/ca, cert_file: /etc/cert, key_file: /etc/key }
          authorization: { credentials_file: /etc/token }`;
    expect(withAlerting(text).sort()).toEqual([
      `alerting.config.global.slack_api_url_file: ${inSecret('slack_api_url')}`,
      `alerting.config.global.smtp_auth_password_file: ${inSecret('smtp_auth_password')}`,
      `${at}.opsgenie_configs[0].api_key_file: ${inSecret('api_key')}`,
      `${at}.pagerduty_configs[0].http_config.authorization.credentials_file: ${inSecret('credentials')}`,
      `${at}.pagerduty_configs[0].http_config.tls_config.ca_file: ${inSecret('ca')}`,
      `${at}.pagerduty_configs[0].http_config.tls_config.cert_file: ${inSecret('cert')}`,
      `${at}.pagerduty_configs[0].http_config.tls_config.key_file: ${inSecret('key')}`,
      `${at}.pagerduty_configs[0].routing_key_file: ${inSecret('routing_key')}`,
      `${at}.webhook_configs[0].url_file: ${inSecret('url')}`,
    ]);
  });

  test('is reported in a scrape job and a remote write', () => {
    const config = {
      job_name: 'a',
      static_configs: [{ targets: ['192.0.2.7:9100'] }],
      bearer_token_file: '/etc/token',
      tls_config: { ca_file: '/etc/ca' },
    };
    const url = 'https://metrics.example.com/write';
    const remoteWrite = [{ url, basic_auth: { username: 'a', password_file: '/etc/password' } }];
    expect(
      resultOf({ prometheus: { scrapeConfigs: [{ config }], remoteWrite } }).lines.sort(),
    ).toEqual([
      `prometheus.remoteWrite[0].basic_auth.password_file: ${inSecret('password')}`,
      'prometheus.scrapeConfigs[0].config.bearer_token_file: Remove it: use authorization: { credentials: { secret, key } }.',
      `prometheus.scrapeConfigs[0].config.tls_config.ca_file: ${inSecret('ca')}`,
    ]);
  });

  test('is not among the names that an unknown field could have', () => {
    expect(withReceiver('slack_configs: [{ api_url: { secret: a, key: b }, chanel: a }]')).toEqual([
      expect.stringMatching(/^(?!.*_file)/),
    ]);
  });
});

describe('headers of mail', () => {
  const withMail = (text: string): string[] =>
    withReceiver(
      `email_configs: [{ to: a@example.com, from: b@example.com, smarthost: 'smtp.example.com:587', ${text} }]`,
    );

  test.each([
    [
      'headers: { subject: a, Subject: b }',
      'headers.Subject: Remove it: it is the header subject.',
    ],
    [
      'headers: { References: a }, threading: { enabled: true, thread_by_date: none }',
      'headers.References: Remove it: threading sets it.',
    ],
  ])('with the same name are reported: %s', (text, line) => {
    expect(withMail(text)).toEqual([`${at}.email_configs[0].${line}`]);
  });

  test('with different names are accepted', () => {
    expect(withMail('headers: { subject: a, Reply-To: b, References: c }')).toEqual([]);
  });
});

describe('a time', () => {
  const withTimes = (start: string, end: string): string[] =>
    withAlerting(`
route: { receiver: it }
receivers: [{ name: it }]
time_intervals: [{ name: a, time_intervals: [{ times: [{ start_time: '${start}', end_time: '${end}' }] }] }]`);
  const path = 'alerting.config.time_intervals[0].time_intervals[0].times[0]';

  test.each([
    ['9:00', '17:00', "start_time: Set it to '09:00', with two digits for the hour."],
    ['09:00', '25:00', "end_time: Set it to a time such as '17:00'."],
    [
      '17:00',
      '09:00',
      'end_time: Set it to a time after 17:00; an interval over midnight needs two ranges.',
    ],
  ])('that Alertmanager rejects is reported once: %s to %s', (start, end, line) => {
    expect(withTimes(start, end)).toEqual([`${path}.${line}`]);
  });

  test('in a valid range is accepted', () => {
    expect(withTimes('09:00', '24:00')).toEqual([]);
  });
});

describe('a configuration in another file', () => {
  test.each([
    ['alertmanager', 'pass the content of alertmanager.config'],
    ['config', 'pass the content of config'],
    ['stringData', "pass the parsed text of stringData['alertmanager.yaml']"],
  ])('of a Helm chart or a Secret is reported once: %s', (name, instead) => {
    expect(withAlerting(`${name}: { route: { receiver: it }, receivers: [{ name: it }] }`)).toEqual(
      [`alerting.config.${name}: Remove it: ${instead}.`],
    );
  });
});

test('the former field for teams of Opsgenie is reported with the present one', () => {
  expect(
    withReceiver('opsgenie_configs: [{ api_key: { secret: a, key: b }, teams: ops }]'),
  ).toEqual([
    `${at}.opsgenie_configs[0].teams: Remove it: use responders: [{ type: 'team', name }].`,
  ]);
  expect(
    withReceiver(
      'opsgenie_configs: [{ api_key: { secret: a, key: b }, responders: [{ type: team, name: ops }] }]',
    ),
  ).toEqual([]);
});

test('a server that no receiver connects to is reported, also if receivers connect to none', () => {
  const servers = [
    { host: 'bot.tools.svc', at: { kind: 'pods', namespace: 'a', labels: { b: 'c' } } },
  ];
  const text = 'route: { receiver: it }\nreceivers: [{ name: it }]';
  expect(withAlerting(text, { servers })).toEqual([
    'alerting.servers[0].host: Remove it: no receiver connects to it.',
  ]);
  const mail = "email_configs: [{ to: a@b.de, from: a@b.de, smarthost: 'smtp.example.com:587' }]";
  expect(
    withAlerting(`route: { receiver: it }\nreceivers: [{ name: it, ${mail} }]`, { servers }),
  ).toEqual(["alerting.servers[0].host: Set it to 'smtp.example.com'."]);
});

test('a credential of Grafana that has its own option is reported with this option', () => {
  const settings = {
    database: { password: 'topsecret1' },
    security: { admin_password: 'topsecret2' },
  };
  const { findings } = validate(
    { ...minimal, grafana: { settings } },
    'test',
    'environments/test.ts',
  );
  expect(findings.map(({ remedy, value }) => [remedy, value])).toEqual([
    [
      'Remove it: set grafana.database, which verifies the server and reads the password from a Secret.',
      '…',
    ],
    ['Remove it: grafana.credentials names a Secret with it.', '…'],
  ]);
});

test('a header for a login is reported with the field for it', () => {
  const url = 'https://metrics.example.com/write';
  const withHeaders = (headers: object) =>
    resultOf({ prometheus: { remoteWrite: [{ url, headers }] } }).lines;
  expect(withHeaders({ authorization: 'a' })).toEqual([
    'prometheus.remoteWrite[0].headers.authorization: Use authorization: { credentials: { secret, key } } instead of this header.',
  ]);
  expect(withHeaders({ Host: 'a' })).toEqual([
    'prometheus.remoteWrite[0].headers.Host: Use the name of a header that the client does not set itself.',
  ]);
  expect(withHeaders({ 'X-Scope-OrgID': 'a' })).toEqual([]);
});

test('a login with the names of Grafana gets the names of the options, and the form of the role', () => {
  const { lines } = resultOf({
    grafana: {
      oidc: {
        name: 'SSO',
        clientId: 'grafana',
        clientSecret: { secret: 'grafana', key: 'oidc' },
        authUrl: 'https://sso.example.com/auth',
        tokenUrl: 'https://sso.example.com/token',
        userInfoUrl: 'https://sso.example.com/me',
      },
    },
  });
  expect(lines.sort()).toEqual([
    expect.stringMatching(/^grafana\.oidc\.authUrl: .* \(authorizationUrl\?\)$/),
    `grafana.oidc.rolePath: Set it to a JMESPath expression that returns Admin, Editor or Viewer, such as "contains(groups, 'ops') && 'Admin' || 'Viewer'".`,
  ]);
});
