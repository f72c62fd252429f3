import { type Connection, connectionsFor } from '../model/connection.js';
import { type DataSource, databaseTypes, logqlUid, promqlUid } from '../model/data-source.js';
import { clientPort, type Endpoint } from '../model/endpoint.js';
import type { Finding } from '../model/finding.js';
import { clusterCaPath, secretPath } from '../model/identity.js';
import {
  type DataSourceOffer,
  isSource,
  type LogqlOffer,
  type Offer,
  replicaOf,
} from '../model/offer.js';
import type { Outgoing } from '../model/wiring.js';
import { connectionFinding } from './faults.js';

/** The data sources of a consumer's `promql`, `logql` and `datasource` connections. */
export const dataSources = (
  outgoing: readonly Outgoing[],
  scrapeInterval: string,
): DataSource[] => {
  const promql = connectionsFor(outgoing, 'promql');
  const logql = connectionsFor(outgoing, 'logql');
  const others = connectionsFor(outgoing, 'datasource');
  const jaeger = others.find(({ offer }) => offer.variant === 'jaeger');
  const prometheus = {
    httpMethod: 'POST',
    timeInterval: scrapeInterval,
    // Links exemplars to traces.
    ...(jaeger && {
      exemplarTraceIdDestinations: [{ name: 'trace_id', datasourceUid: uidOf(jaeger) }],
    }),
  };
  return [
    ...promql.map((one) => dataSource(one, prometheus)),
    ...logql.map((one) => dataSource(one, jaeger ? { derivedFields: [logsToTraces(jaeger)] } : {})),
    ...others.map((one) =>
      dataSource(
        one,
        isReplica(one) ? prometheus : settingsOf(one, promql.length > 0, logql.length > 0),
      ),
    ),
  ];
};

/** Whether a data source is one replica of the Prometheus that is another one. */
const isReplica = ({ offer }: Connection): boolean =>
  offer.variant === 'prometheus' && replicaOf(offer) !== undefined;

/** Settings of a data source that depend on its type. */
const settingsOf = (
  { offer }: Connection,
  promql: boolean,
  logql: boolean,
): DataSource['jsonData'] => {
  switch (offer.variant) {
    case 'alertmanager':
      return { implementation: 'prometheus' };
    case 'prometheus':
      return { httpMethod: 'POST' };
    case 'jaeger':
      return {
        ...(promql && { tracesToMetrics, nodeGraph: { enabled: true } }),
        ...(logql && { tracesToLogsV2 }),
      };
    default:
      return {};
  }
};

/** Queries about the service of a span: its requests, and its calls to others. */
const spanQueries: Readonly<Record<string, string>> = {
  'Requests per second':
    'sum by (span_name) (rate(traces_span_metrics_calls_total{$__tags, span_kind=~"SPAN_KIND_SERVER|SPAN_KIND_CONSUMER"}[5m]))',
  'Error ratio':
    'sum(rate(traces_span_metrics_calls_total{$__tags, status_code="STATUS_CODE_ERROR"}[5m])) / sum(rate(traces_span_metrics_calls_total{$__tags}[5m]))',
  'Duration (95th percentile, ms)':
    'histogram_quantile(0.95, sum by (le, span_name) (rate(traces_span_metrics_duration_milliseconds_bucket{$__tags, span_kind=~"SPAN_KIND_SERVER|SPAN_KIND_CONSUMER"}[5m])))',
  'Calls to other services per second':
    'sum by (peer_service, server_address, net_peer_name) (rate(traces_peers_calls_total{$__tags}[5m]))',
};

/** Links spans to the metrics of their service. */
const tracesToMetrics = {
  datasourceUid: promqlUid,
  spanStartTimeShift: '-10m',
  spanEndTimeShift: '10m',
  tags: [{ key: 'service.name', value: 'service_name' }],
  // Grafana would expand a single dollar sign.
  queries: Object.entries(spanQueries).map(([name, query]) => ({
    name,
    query: query.replaceAll('$', '$$$$'),
  })),
};

/** Links a log line to its trace, by the ID that OTLP has beside the text of the line. */
const logsToTraces = (traces: Connection) => ({
  name: 'Trace',
  matcherType: 'label',
  matcherRegex: '^trace_id$',
  url: '$${__value.raw}',
  datasourceUid: uidOf(traces),
  urlDisplayLabel: 'Open trace',
});

/**
 * Links a span to the lines of its trace, of all services. Loki requires a matcher that does not match an empty
 * value, and gives every stream the label `service_name`.
 */
const tracesToLogsV2 = {
  datasourceUid: logqlUid,
  spanStartTimeShift: '-10m',
  spanEndTimeShift: '10m',
  customQuery: true,
  query: '{service_name=~".+"} | trace_id="$${__trace.traceId}"',
};

/** Data sources that Grafana would reject or could not reach. */
export const dataSourceFaults = (connections: readonly Connection[]): Finding[] => {
  const all = [
    ...connectionsFor(connections, 'promql'),
    ...connectionsFor(connections, 'logql'),
    ...connectionsFor(connections, 'datasource'),
  ];
  return all.flatMap((one, index): Finding[] => {
    const { provider, endpoint, endpointName, consumer } = one;
    const place = { path: `${provider.party}.endpoints.${endpointName}` };
    const first = all.findIndex(
      (other) => other.consumer.party === consumer.party && uidOf(other) === uidOf(one),
    );
    return [
      ...(first === index
        ? []
        : [
            connectionFinding({
              fault: 'duplicate-source',
              place,
              message:
                all[first]!.provider.party === provider.party
                  ? `${provider.party} offers ${consumer.party} two data sources with the uid '${uidOf(one)}'.`
                  : `The data source of ${all[first]!.provider.party} has the uid '${uidOf(one)}' too.`,
              value: uidOf(one),
            }),
          ]),
      ...(endpoint.authentication?.kind === 'token'
        ? [connectionFinding({ fault: 'source-authentication', place, value: 'token' })]
        : []),
    ];
  });
};

/** Data sources that do not depend on the provider: dashboards reference them. */
const fixed: Readonly<Record<string, { uid: string; type: string; name: string }>> = {
  promql: { uid: promqlUid, type: 'prometheus', name: 'Prometheus' },
  logql: { uid: logqlUid, type: 'loki', name: 'Loki' },
};

const uidOf = ({ capability, provider, offer }: Connection): string =>
  fixed[capability]?.uid ?? named(offer)?.uid ?? provider.party;

const nativeOf = (offer: Offer): DataSourceOffer | LogqlOffer | undefined =>
  isSource(offer) ? offer : undefined;

const named = (offer: Offer): DataSourceOffer | undefined =>
  offer.capability === 'datasource' ? (offer as DataSourceOffer) : undefined;

const dataSource = (connection: Outgoing, jsonData: DataSource['jsonData']): DataSource => {
  const { capability, offer, provider, endpoint, url } = connection;
  if (url === undefined) throw new Error(`Data source '${provider.party}' has no host.`);
  const uid = uidOf(connection);
  const native = nativeOf(offer);
  const type = fixed[capability]?.type ?? offer.variant ?? provider.party;
  const isDatabase = databaseTypes.includes(type);
  const login = isDatabase ? databaseLogin(endpoint) : loginOf(endpoint, native?.jsonData);
  const { jsonData: trust, secureJsonData } = trustOf(endpoint);
  const secure = { ...login.secureJsonData, ...secureJsonData, ...secretsIn(native) };
  return {
    name: fixed[capability]?.name ?? named(offer)?.name ?? titleCase(provider.party),
    uid,
    type,
    access: 'proxy',
    url: isDatabase ? `${endpoint.host}:${clientPort(endpoint)}` : url,
    // Grafana does not start with two defaults; another Prometheus is not a default.
    isDefault: uid === promqlUid,
    editable: false,
    ...login.top,
    jsonData: {
      ...jsonData,
      ...login.jsonData,
      ...trust,
      ...(escaped(native?.jsonData ?? {}) as DataSource['jsonData']),
    },
    ...(Object.keys(secure).length > 0 && { secureJsonData: secure }),
  };
};

const secretsIn = (native: DataSourceOffer | LogqlOffer | undefined): Secure =>
  Object.fromEntries(
    Object.entries(native?.secureJsonData ?? {}).map(([name, one]) => [
      name,
      typeof one === 'string' ? (escaped(one) as string) : fromFile(secretPath(one)),
    ]),
  );

/**
 * A value with two dollar signs instead of one, or of two: Grafana expands variables in its provisioning
 * files, and reads two as one: https://grafana.com/docs/grafana/latest/administration/provisioning/#using-environment-variables
 */
const escaped = (value: unknown): unknown => {
  if (typeof value === 'string') return value.replace(/\${1,2}/g, '$$$$');
  if (Array.isArray(value)) return value.map(escaped);
  if (typeof value !== 'object' || value === null) return value;
  return Object.fromEntries(Object.entries(value).map(([key, one]) => [key, escaped(one)]));
};

type Secure = Readonly<Record<string, string>>;

interface Settings {
  readonly top?: Pick<DataSource, 'basicAuth' | 'basicAuthUser' | 'user'>;
  readonly jsonData?: Readonly<Record<string, unknown>>;
  readonly secureJsonData?: Secure;
}

// Grafana inserts the content of files into its provisioning files.
const fromFile = (path: string): string => `$__file{${path}}`;

/** Login as a user of a database. */
const databaseLogin = ({ authentication }: Endpoint): Settings =>
  authentication?.kind === 'basic'
    ? {
        top: { user: authentication.username },
        secureJsonData: { password: fromFile(secretPath(authentication.password)) },
      }
    : {};

const loginOf = ({ authentication }: Endpoint, jsonData: object = {}): Settings => {
  switch (authentication?.kind) {
    case 'basic':
      return {
        top: { basicAuth: true, basicAuthUser: authentication.username },
        secureJsonData: { basicAuthPassword: fromFile(secretPath(authentication.password)) },
      };
    case 'bearer': {
      // After the headers of the offer.
      const used = Object.keys(jsonData).map((name) =>
        Number(/^httpHeaderName(\d+)$/.exec(name)?.[1] ?? 0),
      );
      const index = Math.max(0, ...used) + 1;
      return {
        jsonData: { [`httpHeaderName${index}`]: 'Authorization' },
        secureJsonData: {
          [`httpHeaderValue${index}`]: `Bearer ${fromFile(secretPath(authentication.token))}`,
        },
      };
    }
    default:
      return {};
  }
};

const trustOf = ({ scheme, verification }: Endpoint): Settings => {
  if (scheme !== 'https') return {};
  switch (verification?.kind ?? 'cluster-ca') {
    case 'cluster-ca':
      return {
        jsonData: { tlsAuthWithCACert: true },
        secureJsonData: { tlsCACert: fromFile(clusterCaPath) },
      };
    case 'unverified':
      return { jsonData: { tlsSkipVerify: true } };
    default:
      return {};
  }
};

const titleCase = (name: string): string => name.charAt(0).toUpperCase() + name.slice(1);
