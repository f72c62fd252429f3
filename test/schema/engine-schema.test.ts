import { describe, expect, test } from 'vitest';
import type { z } from 'zod';
import { secretReference } from '../../src/config/fields.js';
import { engine as alertmanager } from '../../src/schema/alertmanager/engine.js';
import { alertmanagerType } from '../../src/schema/alertmanager/type.js';
import prometheus from '../../src/schema/data/prometheus.js';
import { type EngineTypes, fieldsOf } from '../../src/schema/engine-schema.js';
import { prometheusType } from '../../src/schema/prometheus/type.js';
import { validateValue } from '../../src/schema/validate-value.js';
import { misspell } from '../mutation/place.js';
import { isRefused, shapeOf } from './said.js';

const views: readonly [string, EngineTypes, (type: string) => z.ZodType][] = [
  ['Alertmanager in its file', alertmanager.types, alertmanagerType()],
  ['Alertmanager in an environment', alertmanager.types, alertmanagerType(secretReference)],
  ['Prometheus in its file', prometheus.types, prometheusType()],
  ['Prometheus in an environment', prometheus.types, prometheusType(secretReference)],
];

// An allowed value for each Go type; for special fields, by the name of the field.
const samples: Readonly<Record<string, unknown>> = {
  string: 'text',
  bool: true,
  int: 1,
  uint: 1,
  float: 0.5,
  any: { a: [1] },
  'model.Duration': '1m',
  'time.Duration': '1m',
  'config.duration': '1m',
  'model.LabelName': 'team',
  'model.ValidationScheme': 'utf8',
  'labels.Labels': { team: 'shop' },
  'units.Base2Bytes': '1MB',
  'relabel.Regexp': '.+',
  'config.TLSVersion': 'TLS12',
  'config.URL': 'https://example.com/',
  'config.HostPort': 'example.com:587',
  'common.URL': 'https://example.com/',
  'common.Regexp': '.+',
  'common.Matchers': ['team="shop"'],
  'slack.API': 'https://slack.com/api/chat.postMessage',
  'jira.JiraFieldConfig': 'text',
  'timeinterval.WeekdayRange': 'monday:friday',
  'timeinterval.DayOfMonthRange': '1:-1',
  'timeinterval.MonthRange': 'may',
  'timeinterval.YearRange': '2026',
  'timeinterval.Location': 'Europe/Berlin',
};
const special: Readonly<Record<string, unknown>> = {
  scheme: 'https',
  metrics_path: '/metrics',
  metric_name_escaping_scheme: 'values',
  native_histogram_min_bucket_factor: 1.1,
  floats: 'xor',
  compression: 'gzip',
  api_version: 'v2',
  grant_type: 'client_credentials',
  signature_algorithm: 'RS256',
  token_url: 'https://example.com/',
  url: 'https://example.com/',
  api_url: 'https://example.com/',
  group_by: ['team'],
  thread_by_date: 'daily',
  parse_mode: 'HTML',
  message_type: 'text',
  api_type: 'cloud',
  start_time: '09:00',
  end_time: '17:00',
  'opsgenie.OpsGenieConfigResponder.type': 'team',
  'mattermost.MattermostPriority.priority': 'urgent',
  'config.TLSConfig.ca': '-----BEGIN CERTIFICATE-----',
  'config.SlackConfig.api_url': 'https://slack.com/api/chat.postMessage',
  'webhook.WebhookConfig.url': 'http://bot.tools.svc:8080/',
  'config.RootRoute.continue': false,
  'dns.SDConfig.type': 'A',
  'kubernetes.SelectorConfig.field': 'status.phase=Running',
  'eureka.SDConfig.server': 'https://example.com/',
  'stackit.SDConfig.endpoint': 'https://example.com/',
  'uyuni.SDConfig.server': 'https://example.com/',
};

const reference = { secret: 'a', key: 'b' };

/** A value of a type. The fields of an object have values of their types. */
const sampleOf = (types: EngineTypes, is: string): unknown => {
  const [, list, inner = ''] = /^(\[\]|\{.*?\})(.*)$/.exec(is) ?? [];
  if (list === '[]') return [sampleOf(types, inner)];
  if (list) return { name: sampleOf(types, inner) };
  if (is in samples) return samples[is];
  const definition = types[is];
  return Array.isArray(definition) ? definition[0] : {};
};

/** The allowed value of a field in a view. */
const fieldValue = (types: EngineTypes, type: string, field: string, inFile: boolean): unknown => {
  const fields = fieldsOf(types, type);
  if (field.endsWith('_file') && field.slice(0, -'_file'.length) in fields) return '/etc/secret';
  if (`${field}_file` in fields && !inFile) return reference;
  // A file whose content is a secret, without a field for the content itself.
  if (`${type}.${field}` === 'googleiam.Config.credentials_file' && !inFile) return reference;
  return special[`${type}.${field}`] ?? special[field] ?? sampleOf(types, fields[field]!);
};

describe.each(views)('of %s', (name, types, schemaOf) => {
  const structs = Object.keys(types).filter((type) => shapeOf(schemaOf(type)));
  const taken = structs.flatMap((type) =>
    Object.entries(shapeOf(schemaOf(type))!).flatMap(([field, schema]) =>
      isRefused(schema) ? [] : [{ type, field, schema }],
    ),
  );

  test('every field is accepted, with a value of its Go type', () => {
    expect(structs.length).toBeGreaterThan(50);
    const inFile = name.endsWith('in its file');
    const refused = taken.flatMap(({ type, field, schema }) => {
      const result = schema.safeParse(fieldValue(types, type, field, inFile));
      return (result.error?.issues ?? [])
        .filter(({ path }) => path.length === 0)
        .map(({ message }) => `${type}.${field}: ${message}`);
    });
    expect(refused).toEqual([]);
  });

  test('every misspelt field is reported, with a suggestion', () => {
    const unfound = taken
      .filter(({ field }) => field.length > 4)
      .filter(({ type, field }) => {
        const { faults } = validateValue(schemaOf(type), { [misspell(field)]: 1 }, '');
        return !faults.some(({ suggestion }) => suggestion !== undefined);
      });
    expect(unfound.map(({ type, field }) => `${type}.${field}`)).toEqual([]);
  });
});
