import { describe, expect, test } from 'vitest';
import { secretField } from '../../src/config/fields.js';
import { validate } from '../../src/config/validate.js';
import { integrationsOf } from '../../src/schema/integration.js';
import { minimal } from '../environment.js';
import { misspell, put, rename, type Site, sitesIn } from '../mutation/place.js';
import { keysOf, put as set } from './place.js';
import { rawReceivers } from './raw-receivers.js';
import { shapesOf } from './schema-leaf.js';

const findingsOf = (config: unknown) =>
  validate(
    {
      ...minimal,
      alerting: { receivers: [{ kind: 'raw', name: 'it', config }], defaultReceiver: 'it' },
    },
    'test',
    'environments/test.ts',
  ).findings.map(({ place, ...rest }) => ({
    ...rest,
    path: place.path?.replace('alerting.receivers[0].config.', ''),
  }));

const pathOf = ({ path }: Site): string =>
  path
    .map((part) => (typeof part === 'number' ? `[${part}]` : `.${part}`))
    .join('')
    .slice(1);

// What is sent as it is may have any names and values; what is a text or an object is either.
const free =
  /\.(payload|details|fields|custom_fields|headers|http_headers|attributes|endpoint_params|summary)\b(?!$)/;
const anything = /\.(payload|summary)$/;
const sites = sitesIn(rawReceivers).filter((site) => !free.test(pathOf(site)));

test('every integration of Alertmanager may be said in its own words, with all its fields', () => {
  expect(findingsOf(rawReceivers)).toEqual([]);

  expect(Object.keys(rawReceivers)).toEqual(Object.keys(integrationsOf(secretField, {})));
  const known = Object.entries(shapesOf(integrationsOf(secretField, {})));
  const missing = known.flatMap(([integration, fields]) => {
    const said = Object.entries(rawReceivers).find(([name]) => name === integration)![1];
    return fields
      .filter((field) => field !== 'http_config' && !said.some((one) => field in one))
      .map((field) => `${integration}.${field}`);
  });
  expect(missing).toEqual([]);
});

test('a name that is misspelt is found wherever it stands, with one that is near', () => {
  const unfound = sites
    .filter(({ key }) => typeof key === 'string' && key.length > 4)
    .filter((site) => {
      const findings = findingsOf(rename(rawReceivers, site.path, misspell(`${site.key}`)));
      return !findings.some(({ suggestion }) => suggestion !== undefined);
    });
  expect(unfound.map(pathOf)).toEqual([]);
});

test('a value of another type is found in its place', () => {
  const held = sites.filter((site) => !anything.test(pathOf(site)));
  const unfound = held.filter((site) => {
    const other = typeof site.value === 'object' ? 'text' : { of: site.value };
    const path = pathOf(site);
    return !findingsOf(put(rawReceivers, site.path, other)).some((one) =>
      `${one.path}`.startsWith(path.replace(/\.(secret|key)$/, '')),
    );
  });
  expect(unfound.map(pathOf)).toEqual([]);
});

const bad = (path: string, value: unknown) => findingsOf(set(rawReceivers, keysOf(path), value));

describe('a value that is not allowed', () => {
  test.each<[path: string, value: unknown, remedy: string]>([
    ['telegram_configs', [], 'a list of at least 1 item'],
    ['telegram_configs[0].bot_token', '123:ABC', 'an object with secret and key'],
    ['telegram_configs[0].chat_id', 0, 'the number of a chat, which is not 0'],
    ['telegram_configs[0].parse_mode', 'html', "'Markdown', 'MarkdownV2', 'HTML' or ''"],
    ['telegram_configs[0].api_url', 'telegram.example.com', 'a URL with http:// or https://'],
    [
      'telegram_configs[0].api_url',
      'https://me:secret@telegram.example.com',
      'a URL without credentials, and refer to a Secret instead',
    ],
    [
      'telegram_configs[0].message',
      '{{ toUper .Status }}',
      'a template that can be read. There is no such function. toUper',
    ],
    [
      'telegram_configs[0].message',
      '{{ range .Alerts }}',
      "a template that can be read. An 'range' has no 'end'. {{ range .Alerts }}",
    ],
    ['webhook_configs[0].timeout', '10 seconds', "a duration such as '30s', '5m' or '1h30m'"],
    ['jira_configs[0].reopen_duration', '90', "a duration such as '30s', '5m' or '1h30m'"],
    ['jira_configs[0].api_type', 'server', "'auto', 'cloud' or 'datacenter'"],
    ['email_configs[0].require_tls', false, 'true'],
    [
      'email_configs[0].smarthost',
      'smtp.example.com',
      "a host and a port such as 'smtp.example.com:587'",
    ],
    [
      'opsgenie_configs[0].responders[0].type',
      'group',
      "'team', 'teams', 'user', 'escalation', 'schedule', or a template",
    ],
    [
      'webhook_configs[0].payload',
      { token: { secret: 'a', key: 'b' } },
      'something without a reference to a Secret, which is not read here',
    ],
    [
      'webhook_configs[0].http_config.basic_auth',
      { username: 'alerts', password: { secret: 'a', key: 'b' } },
      'nothing: it does not go together with basic_auth',
    ],
    [
      'webhook_configs[0].http_config.proxy_url',
      'http://proxy.example.com',
      'nothing here: a proxy is a party of its own, which alerting.proxy names for all that is told by HTTP',
    ],
    [
      'webex_configs[0].http_config.bearer_token',
      'abc',
      'nothing: authorization has the same, with credentials',
    ],
    [
      'webex_configs[0].http_config.authorization.type',
      'Basic',
      "a type such as 'Bearer'; for Basic there is basic_auth",
    ],
    [
      'sns_configs[0].sigv4.secret_key',
      'abc',
      'nothing: Alertmanager reads it from no file. A role_arn that the service account may take has none',
    ],
  ])('in %s is found: %j', (path, value, remedy) => {
    expect(bad(path, value).map((one) => one.remedy)).toContain(`Set it to ${remedy}.`);
  });

  test('as the name of a header or of a field is found', () => {
    expect(
      bad('webhook_configs[0].http_config.http_headers.Authorization', { values: ['a'] }),
    ).toEqual([
      expect.objectContaining({
        path: 'webhook_configs[0].http_config.http_headers.Authorization',
        remedy: 'Use the name of a header that the client does not set itself.',
      }),
    ]);
    expect(bad('victorops_configs[0].custom_fields.entity_id', 'a')).toEqual([
      expect.objectContaining({
        remedy: 'Use a field that is not one of those that are sent anyway.',
      }),
    ]);
  });
});

describe('fields that do not go together', () => {
  test.each<[path: string, value: unknown, found: string]>([
    ['slack_configs[1].api_url', { secret: 'a', key: 'b' }, 'app_token'],
    ['slack_configs[0].api_url', undefined, 'api_url'],
    ['slack_configs[0].app_url', 'https://slack.com/', 'app_token'],
    [
      'slack_configs[1].http_config',
      { authorization: { credentials: { secret: 'a', key: 'b' } } },
      'http_config.authorization',
    ],
    ['slack_configs[0].actions[0].url', undefined, 'actions[0].url'],
    ['pagerduty_configs[1].service_key', undefined, 'routing_key'],
    ['pagerduty_configs[1].routing_key', { secret: 'a', key: 'b' }, 'service_key'],
    ['pushover_configs[0].monospace', true, 'monospace'],
    ['sns_configs[0].target_arn', 'arn', 'target_arn'],
    ['sns_configs[2].phone_number', undefined, 'topic_arn'],
    ['sns_configs[0].sigv4.role_arn', undefined, 'sigv4.role_arn'],
    ['opsgenie_configs[0].responders[0].name', undefined, 'responders[0].id'],
    ['email_configs[0].tls_config.key', undefined, 'tls_config.key'],
    ['email_configs[0].tls_config.cert', undefined, 'tls_config.cert'],
    [
      'jira_configs[0].http_config.authorization',
      { credentials: { secret: 'a', key: 'b' } },
      'http_config.authorization',
    ],
    [
      'webhook_configs[0].http_config.authorization',
      { credentials: { secret: 'a', key: 'b' } },
      'http_config.oauth2',
    ],
    [
      'incidentio_configs[0].http_config',
      { authorization: { credentials: { secret: 'a', key: 'b' } } },
      'http_config.authorization',
    ],
  ])('are found at the one that is too many, or missing: %s', (path, value, found) => {
    const [integration] = /^\w+\[\d+\]/.exec(path)!;
    expect(bad(path, value).map((one) => one.path)).toEqual([`${integration}.${found}`]);
  });
});

test('a secret that stands there itself is found, and not shown', () => {
  const shown = (path: string, value: string) => bad(path, value).map((one) => one.value);
  const token = '123456789:AAbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbb';
  expect(shown('telegram_configs[0].bot_token', token)).toEqual(['1234…']);
  expect(shown('telegram_configs[0].bot_tokn', token)).toEqual(['1234…']);
  expect(shown('webhook_configs[0].url', 'https://hooks.example.com/secret')).toEqual(['http…']);
});

test('a receiver without any integration is found', () => {
  expect(findingsOf({})).toEqual([
    expect.objectContaining({
      remedy: 'Set it to an object with an integration, such as { telegram_configs: [{ … }] }.',
    }),
  ]);
});

test('an integration whose name is misspelt is found once', () => {
  expect(findingsOf({ opsgeni_configs: [{}] })).toEqual([
    expect.objectContaining({ path: 'opsgeni_configs', suggestion: 'opsgenie_configs' }),
  ]);
});

test('what an integration cannot do without is found where it is missing', () => {
  const needed = Object.entries(rawReceivers).flatMap(([integration, [first]]) =>
    Object.keys(first!)
      .filter((field) => {
        const findings = findingsOf(put(rawReceivers, [integration, 0, field], undefined));
        return findings.length > 0;
      })
      .map((field) => `${integration}.${field}`),
  );
  expect(needed).toMatchInlineSnapshot(`
    [
      "discord_configs.webhook_url",
      "email_configs.to",
      "email_configs.from",
      "email_configs.smarthost",
      "email_configs.require_tls",
      "incidentio_configs.url",
      "incidentio_configs.alert_source_token",
      "jira_configs.api_url",
      "jira_configs.project",
      "jira_configs.issue_type",
      "mattermost_configs.webhook_url",
      "msteams_configs.webhook_url",
      "msteamsv2_configs.webhook_url",
      "opsgenie_configs.api_key",
      "pagerduty_configs.routing_key",
      "pushover_configs.user_key",
      "pushover_configs.token",
      "rocketchat_configs.token_id",
      "rocketchat_configs.token",
      "slack_configs.api_url",
      "sns_configs.topic_arn",
      "telegram_configs.bot_token",
      "telegram_configs.chat_id",
      "victorops_configs.api_key",
      "victorops_configs.routing_key",
      "webex_configs.http_config",
      "webex_configs.room_id",
      "webhook_configs.url",
      "wechat_configs.api_secret",
      "wechat_configs.corp_id",
    ]
  `);
});
