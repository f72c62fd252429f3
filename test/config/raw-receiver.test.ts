import { describe, expect, test } from 'vitest';
import { secretReference } from '../../src/config/fields.js';
import { validate } from '../../src/environment/validate.js';
import { engine, integrations } from '../../src/schema/alertmanager/engine.js';
import { alertmanagerType } from '../../src/schema/alertmanager/type.js';
import { remedyFor } from '../../src/schema/allowed.js';
import { minimal } from '../environment.js';
import { misspell, put, rename, type Site, sitesIn } from '../mutation/place.js';
import { unsaid } from '../schema/said.js';
import { keysOf, put as set } from './place.js';
import { rawReceivers } from './raw-receivers.js';

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

/** The receiver with only the integration of a path: validating all others again takes most of the time. */
const only = ([key = '']: readonly (string | number)[]): object => ({
  [key]: (rawReceivers as Readonly<Record<string, unknown>>)[key],
});

const pathOf = ({ path }: Site): string =>
  path
    .map((part) => (typeof part === 'number' ? `[${part}]` : `.${part}`))
    .join('')
    .slice(1);

// Objects that are sent unchanged may have any names and values; details are either texts or
// objects.
const free =
  /\.(payload|details|fields|custom_fields|headers|http_headers|attributes|endpoint_params|claims|summary)\b(?!$)/;
const anything = /\.(payload|summary|basic_auth\.username)$/;
const sites = sitesIn(rawReceivers).filter((site) => !free.test(pathOf(site)));

const { labels, ...all } = rawReceivers;

// Fields that other tests set, since they exclude others or need an option.
const elsewhere =
  /\.(send_resolved|http_config|insecure_skip_verify|bearer_token|proxy_url|no_proxy)$/;

test('every integration of Alertmanager can have native configuration, with all its fields', () => {
  expect(findingsOf(rawReceivers)).toEqual([]);

  expect(Object.keys(all).sort()).toEqual([...integrations].sort());
  const schemaOf = alertmanagerType(secretReference);
  const whole = { name: 'it', ...rawReceivers };
  expect(
    unsaid(engine.types, schemaOf, 'config.Receiver', [whole]).filter(
      (field) => !elsewhere.test(field),
    ),
  ).toEqual([]);
  const common = { send_resolved: false, http_config: { follow_redirects: false } };
  const { webex_configs, ...others } = all;
  const withCommon = Object.entries(others).map(([name, [first]]) => [
    name,
    [{ ...common, ...first }],
  ]);
  expect(findingsOf(Object.fromEntries(withCommon))).toEqual([
    expect.objectContaining({ path: 'email_configs[0].http_config' }),
  ]);
});

test('a misspelt field is reported at every place, with a suggestion', () => {
  const unfound = sites
    .filter(({ key }) => typeof key === 'string' && key.length > 4)
    .filter((site) => {
      const findings = findingsOf(rename(only(site.path), site.path, misspell(`${site.key}`)));
      return !findings.some(({ suggestion }) => suggestion !== undefined);
    });
  expect(unfound.map(pathOf)).toEqual([]);
});

test('a value of another type is reported', () => {
  const held = sites.filter((site) => !anything.test(pathOf(site)));
  const unfound = held.filter((site) => {
    const other = typeof site.value === 'object' ? 'text' : { of: site.value };
    const path = pathOf(site);
    return !findingsOf(put(only(site.path), site.path, other)).some((one) =>
      `${one.path}`.startsWith(path.replace(/\.(secret|key)$/, '')),
    );
  });
  expect(unfound.map(pathOf)).toEqual([]);
});

const bad = (path: string, value: unknown) =>
  findingsOf(set(only(keysOf(path)), keysOf(path), value));

describe('an invalid value', () => {
  test.each<[path: string, value: unknown, remedy: string]>([
    ['telegram_configs[0].bot_token', '123:ABC', 'an object with secret and key'],
    ['telegram_configs[0].chat_id', 0, 'the number of a chat, other than 0'],
    ['telegram_configs[0].parse_mode', 'html', "'Markdown', 'MarkdownV2', 'HTML' or ''"],
    ['telegram_configs[0].api_url', 'telegram.example.com', 'a URL with http:// or https://'],
    [
      'telegram_configs[0].api_url',
      'https://me:secret@telegram.example.com',
      'a URL without credentials, and reference a Secret instead',
    ],
    [
      'telegram_configs[0].message',
      '{{ toUper .Status }}',
      'corrected: unknown function, in toUper',
    ],
    [
      'telegram_configs[0].message',
      '{{ range .Alerts }}',
      "corrected: 'range' has no 'end', in {{ range .Alerts }}",
    ],
    ['webhook_configs[0].timeout', '10 seconds', "a duration such as '30s', '5m' or '1h30m'"],
    ['jira_configs[0].reopen_duration', '90', "a duration such as '30s', '5m' or '1h30m'"],
    ['jira_configs[0].api_type', 'server', "'auto', 'cloud' or 'datacenter'"],
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
      'a value without a reference to a Secret: references are not resolved in this field',
    ],
    [
      'webhook_configs[0].http_config.basic_auth',
      { username: 'alerts', password: { secret: 'a', key: 'b' } },
      'nothing: it cannot be used with basic_auth',
    ],
    [
      'webhook_configs[0].http_config.proxy_url',
      'http://me:secret@proxy.example.com',
      'a URL without credentials, and reference a Secret instead',
    ],
    ['webex_configs[0].http_config.bearer_token', 'abc', 'an object with secret and key'],
    [
      'webex_configs[0].http_config.authorization.type',
      'Basic',
      "a type such as 'Bearer', or use basic_auth for Basic",
    ],
    [
      'sns_configs[0].sigv4.secret_key',
      'abc',
      'nothing: Alertmanager cannot read this secret from a file. Use role_arn, which needs no secret',
    ],
  ])('in %s is reported: %j', (path, value, remedy) => {
    expect(bad(path, value).map((one) => one.remedy)).toContain(remedyFor(remedy));
  });

  test('as the name of a header or a field is reported', () => {
    expect(
      bad('webhook_configs[0].http_config.http_headers.Authorization', { values: ['a'] }),
    ).toEqual([
      expect.objectContaining({
        path: 'webhook_configs[0].http_config.http_headers.Authorization',
        remedy: 'Use authorization: { credentials: { secret, key } } instead of this header.',
      }),
    ]);
    expect(bad('victorops_configs[0].custom_fields.entity_id', 'a')).toEqual([
      expect.objectContaining({
        remedy: 'Use the name of a field that Alertmanager does not set itself.',
      }),
    ]);
  });
});

describe('fields that exclude or require each other', () => {
  test.each<[path: string, value: unknown, found: string]>([
    ['slack_configs[1].api_url', { secret: 'a', key: 'b' }, 'app_token'],
    ['slack_configs[0].api_url', undefined, 'api_url'],
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
  ])('are reported at the unexpected or missing field: %s', (path, value, found) => {
    const [integration] = /^\w+\[\d+\]/.exec(path)!;
    expect(bad(path, value).map((one) => one.path)).toEqual([`${integration}.${found}`]);
  });
});

test('a literal secret is reported, and masked', () => {
  const shown = (path: string, value: string) => bad(path, value).map((one) => one.value);
  const token = '123456789:AAbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbb';
  expect(shown('telegram_configs[0].bot_token', token)).toEqual(['…']);
  expect(shown('telegram_configs[0].bot_tokn', token)).toEqual(['…']);
  expect(shown('webhook_configs[0].url', 'https://hooks.example.com/secret')).toEqual(['…']);
});

test('a receiver without an integration is valid, and sends nothing', () => {
  expect(findingsOf({})).toEqual([]);
  expect(findingsOf({ slack_configs: [] })).toEqual([]);
});

test('a misspelt integration is reported once', () => {
  expect(findingsOf({ opsgeni_configs: [{}] })).toEqual([
    expect.objectContaining({ path: 'opsgeni_configs', suggestion: 'opsgenie_configs' }),
  ]);
});

test('a missing required field of an integration is reported', () => {
  const needed = Object.entries(all).flatMap(([integration, [first]]) =>
    Object.keys(first!)
      .filter((field) => {
        const findings = findingsOf(put(only([integration]), [integration, 0, field], undefined));
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
