import { z } from 'zod';
import { typeAliases } from '../../model/data-source.js';
import { suggest } from '../../model/suggestion.js';
import { allowed } from '../allowed.js';
import { text } from '../format.js';

// The fields of `jsonData` as the documentation of each data source lists them:
// https://grafana.com/docs/grafana/latest/administration/provisioning/#json-data and
// https://grafana.com/docs/grafana/latest/datasources/

const flag = z.boolean();
const count = z
  .unknown()
  .refine((value) => /^\d+(?:\.\d+)?$/.test(`${value}`), { error: 'a number' });
const interval = z
  .string({ error: "a duration such as '30s' or '1m'" })
  .regex(/^(\d+(ms|[smhdwMy]))+$/);
const any = z.unknown();
const uid = text;

const http = {
  tlsAuth: flag,
  tlsAuthWithCACert: flag,
  tlsSkipVerify: flag,
  serverName: text,
  timeout: count,
  keepCookies: z.array(text),
  oauthPassThru: flag,
  manageAlerts: flag,
  enableSecureSocksProxy: flag,
  sigV4Auth: flag,
  sigV4AuthType: text,
  sigV4Region: text,
  sigV4AssumeRoleArn: text,
  sigV4ExternalId: text,
  sigV4Profile: text,
  azureCredentials: any,
};

const link = z.looseObject({ name: text, datasourceUid: uid.optional(), url: text.optional() });

const shift = z.string({ error: "a duration such as '-10m'" }).regex(/^-?\d+(ms|[smhd])$/);
const tags = z.array(z.looseObject({ key: text, value: z.string().optional() }));
const traceLink = {
  datasourceUid: uid.optional(),
  spanStartTimeShift: shift.optional(),
  spanEndTimeShift: shift.optional(),
  tags: z.union([tags, z.array(text)]).optional(),
};

const traces = {
  tracesToLogs: z.looseObject(traceLink),
  tracesToLogsV2: z.looseObject(traceLink),
  tracesToMetrics: z.looseObject({
    ...traceLink,
    queries: z.array(z.looseObject({ name: text.optional(), query: text })).optional(),
  }),
  tracesToProfiles: z.looseObject(traceLink),
  nodeGraph: z.strictObject({ enabled: flag.optional() }),
  spanBar: any,
  traceQuery: any,
  traceIdTimeParams: any,
};

const sql = {
  database: text,
  maxOpenConns: count,
  maxIdleConns: count,
  maxIdleConnsAuto: flag,
  connMaxLifetime: count,
  timeInterval: interval,
  tlsAuth: flag,
  tlsAuthWithCACert: flag,
  tlsSkipVerify: flag,
};

type Fields = Readonly<Record<string, z.ZodType>>;

const fieldsByType: Readonly<Record<string, Fields>> = {
  alertmanager: {
    ...http,
    implementation: z.enum(['prometheus', 'mimir', 'cortex']),
    handleGrafanaManagedAlerts: flag,
  },
  elasticsearch: {
    ...http,
    index: text,
    database: text,
    interval: z.enum(['None', 'Hourly', 'Daily', 'Weekly', 'Monthly', 'Yearly']),
    timeField: text,
    esVersion: z.union([text, z.number()]),
    flavor: text,
    version: text,
    maxConcurrentShardRequests: count,
    logMessageField: text,
    logLevelField: text,
    timeInterval: z.string(),
    includeFrozen: flag,
    xpack: flag,
    dataLinks: any,
    defaultQueryMode: text,
  },
  'grafana-postgresql-datasource': {
    ...sql,
    sslmode: z.enum(['disable', 'require', 'verify-ca', 'verify-full']),
    postgresVersion: count,
    timescaledb: flag,
    tlsConfigurationMethod: z.enum(['file-content', 'file-path']),
  },
  graphite: {
    ...http,
    graphiteVersion: z.union([text, z.number()]),
    graphiteType: z.enum(['default', 'metrictank']),
    rollupIndicatorEnabled: flag,
    importConfiguration: any,
  },
  influxdb: {
    ...http,
    version: z.enum(['InfluxQL', 'Flux', 'SQL']),
    organization: text,
    defaultBucket: text,
    dbName: text,
    httpMode: z.enum(['GET', 'POST']),
    httpMethod: z.enum(['GET', 'POST']),
    timeInterval: z.string(),
    maxSeries: count,
    insecureGrpc: flag,
    showTagTime: text,
    metadata: any,
    product: text,
    pdcInjected: flag,
  },
  jaeger: { ...http, ...traces },
  loki: {
    ...http,
    maxLines: count,
    alertmanager: text,
    alertmanagerUid: uid,
    predefinedOperations: text,
    derivedFields: z.array(
      z.looseObject({
        name: text,
        matcherRegex: text,
        matcherType: z.enum(['label', 'regex']).optional(),
        datasourceUid: uid.optional(),
        url: z.string().optional(),
        urlDisplayLabel: z.string().optional(),
      }),
    ),
  },
  mssql: {
    ...sql,
    encrypt: z.enum(['disable', 'false', 'true', 'strict']),
    authenticationType: text,
    serverName: text,
    sslRootCertFile: text,
    connectionTimeout: count,
  },
  mysql: { ...sql, timezone: text, allowCleartextPasswords: flag },
  opentsdb: { ...http, tsdbVersion: count, tsdbResolution: count, lookupLimit: count },
  prometheus: {
    ...http,
    httpMethod: z.enum(['POST', 'GET']),
    timeInterval: interval,
    queryTimeout: interval,
    customQueryParameters: z.string(),
    disableMetricsLookup: flag,
    disableRecordingRules: flag,
    prometheusType: z.enum(['Prometheus', 'Cortex', 'Mimir', 'Thanos']),
    prometheusVersion: text,
    cacheLevel: z.enum(['Low', 'Medium', 'High', 'None']),
    defaultEditor: z.enum(['builder', 'code']),
    incrementalQuerying: flag,
    incrementalQueryOverlapWindow: interval,
    exemplarTraceIdDestinations: z.array(link),
    alertmanagerUid: uid,
    allowAsRecordingRulesTarget: flag,
    directUrl: text,
    seriesEndpoint: flag,
    seriesLimit: count,
    maxSamplesProcessedWarningThreshold: count,
    maxSamplesProcessedErrorThreshold: count,
  },
  tempo: {
    ...http,
    ...traces,
    serviceMap: z.looseObject({ datasourceUid: uid.optional() }),
    lokiSearch: z.looseObject({ datasourceUid: uid.optional() }),
    search: any,
    streamingEnabled: any,
    tagLimit: count,
    timeRangeForTags: any,
  },
  zipkin: { ...http, ...traces },
};

/** A fault in the `jsonData` of a data source. */
export interface JsonDataFault {
  readonly path: readonly (string | number)[];
  readonly value: unknown;
  /** The allowed values, as a text that completes "Set it to …". @default - the field is unknown */
  readonly expected?: string;
  /** The known fields, if the name is unknown but similar to one of them. */
  readonly known?: readonly string[];
}

/** The faults in the `jsonData` of a data source. Those of types without a list of fields are unknown. */
export const jsonDataFaults = (
  type: string,
  jsonData: Readonly<Record<string, unknown>>,
): JsonDataFault[] => {
  const fields = fieldsByType[typeAliases[type] ?? type];
  if (!fields) return [];
  return Object.entries(jsonData).flatMap(([name, value]): JsonDataFault[] => {
    const schema = Object.hasOwn(fields, name) ? fields[name] : undefined;
    if (schema) {
      const { error } = schema.safeParse(value, { error: allowed, jitless: true });
      return (error?.issues ?? []).slice(0, 1).map(({ path, message }) => ({
        path: [name, ...(path as (string | number)[])],
        value,
        expected: message,
      }));
    }
    if (headerName.test(name)) return [];
    const known = Object.keys(fields);
    return [{ path: [name], value, ...(suggest(name, known) && { known }) }];
  });
};

/** The name of a field with the name of a header; its value is in the field `httpHeaderValue` of `secureJsonData`. */
export const headerName = /^httpHeaderName([1-9]\d*)$/;

/** The uids of other data sources in `jsonData`, with their paths. */
export const linkedUids = (
  value: unknown,
  path: readonly (string | number)[] = [],
): { readonly path: readonly (string | number)[]; readonly uid: string }[] =>
  typeof value !== 'object' || value === null
    ? []
    : Object.entries(value).flatMap(([key, one]) => {
        const at = [...path, Array.isArray(value) ? Number(key) : key];
        return /^(?:datasource|alertmanager)Uid$/.test(key) && typeof one === 'string' && one !== ''
          ? [{ path: at, uid: one }]
          : linkedUids(one, at);
      });
