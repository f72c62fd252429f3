import { type Connection, connectionsFor } from '../model/connection.js';
import { type DataSource, promqlUid } from '../model/data-source.js';
import type { Endpoint } from '../model/endpoint.js';
import type { Finding } from '../model/finding.js';
import { clusterCaPath, secretPath } from '../model/identity.js';
import type { Outgoing } from '../model/wiring.js';

/** The data sources of a consumer's `promql` and `datasource` connections. */
export const dataSources = (
  outgoing: readonly Outgoing[],
  scrapeInterval: string,
): DataSource[] => {
  const promql = connectionsFor(outgoing, 'promql');
  const others = connectionsFor(outgoing, 'datasource');
  const jaeger = others.find(({ offer }) => offer.variant === 'jaeger');
  const prometheus = {
    httpMethod: 'POST',
    timeInterval: scrapeInterval,
    // An exemplar opens its trace.
    ...(jaeger && {
      exemplarTraceIdDestinations: [{ name: 'trace_id', datasourceUid: uidOf(jaeger) }],
    }),
  };
  return [
    ...promql.map((one) => dataSource(one, prometheus)),
    ...others.map((one) => dataSource(one, settingsOf(one, promql.length > 0))),
  ];
};

/** What a data source of a type wants to know beside its URL. */
const settingsOf = ({ offer }: Connection, promql: boolean): DataSource['jsonData'] => {
  switch (offer.variant) {
    case 'alertmanager':
      return { implementation: 'prometheus' };
    case 'jaeger':
      return promql ? { tracesToMetrics, nodeGraph: { enabled: true } } : {};
    default:
      return {};
  }
};

// A span opens the metrics of its service. Grafana would take one dollar sign for a variable.
const tracesToMetrics = {
  datasourceUid: promqlUid,
  spanStartTimeShift: '-10m',
  spanEndTimeShift: '10m',
  tags: [{ key: 'service.name', value: 'service_name' }],
  queries: [
    {
      name: 'Requests a second',
      query: 'sum by (span_name) (rate(traces_span_metrics_calls_total{$$__tags}[5m]))',
    },
    {
      name: 'Share of errors',
      query:
        'sum(rate(traces_span_metrics_calls_total{$$__tags, status_code="STATUS_CODE_ERROR"}[5m])) / sum(rate(traces_span_metrics_calls_total{$$__tags}[5m]))',
    },
  ],
};

/** Data sources that Grafana would refuse, or could not reach. */
export const dataSourceFaults = (connections: readonly Connection[]): Finding[] => {
  const all = [
    ...connectionsFor(connections, 'promql'),
    ...connectionsFor(connections, 'datasource'),
  ];
  return all.flatMap((one, index): Finding[] => {
    const { provider, endpoint, endpointName, consumer } = one;
    const at = {
      check: 'connections',
      severity: 'error',
      place: { path: `${provider.party}.endpoints.${endpointName}` },
    } as const;
    const first = all.findIndex(
      (other) => other.consumer.party === consumer.party && uidOf(other) === uidOf(one),
    );
    return [
      ...(first === index
        ? []
        : [
            {
              ...at,
              message: `${consumer.party} has another data source '${uidOf(one)}'.`,
              value: uidOf(one),
              remedy: 'Offer each from a party of its own.',
            },
          ]),
      ...(endpoint.authentication?.kind === 'token'
        ? [
            {
              ...at,
              message: 'Grafana cannot log in with the token of its service account.',
              value: 'token',
              remedy: "Use authentication of the kind 'bearer' or 'basic'.",
            },
          ]
        : []),
      ...(endpoint.host === undefined && !provider.own
        ? [
            {
              ...at,
              message: `${consumer.party} asks it under a name, and it has none.`,
              remedy: 'Give the endpoint a host.',
            },
          ]
        : []),
    ];
  });
};

// The one that answers PromQL is known by what it does: dashboards do not care who does it.
const uidOf = ({ capability, provider }: Connection): string =>
  capability === 'promql' ? promqlUid : provider.party;

const dataSource = (connection: Outgoing, jsonData: DataSource['jsonData']): DataSource => {
  const { capability, offer, provider, endpoint, url } = connection;
  if (url === undefined) throw new Error(`Data source '${provider.party}' has no host.`);
  const uid = uidOf(connection);
  const login = loginOf(endpoint);
  const { jsonData: trust, secureJsonData } = trustOf(endpoint);
  const secure = { ...login.secureJsonData, ...secureJsonData };
  return {
    name: capability === 'promql' ? 'Prometheus' : titleCase(provider.party),
    uid,
    type: capability === 'promql' ? 'prometheus' : (offer.variant ?? provider.party),
    access: 'proxy',
    url,
    // Grafana refuses to start with two defaults; another Prometheus is none.
    isDefault: uid === promqlUid,
    editable: false,
    ...login.top,
    jsonData: { ...jsonData, ...login.jsonData, ...trust },
    ...(Object.keys(secure).length > 0 && { secureJsonData: secure }),
  };
};

type Secure = Readonly<Record<string, string>>;

interface Settings {
  readonly top?: { readonly basicAuth: true; readonly basicAuthUser: string };
  readonly jsonData?: Readonly<Record<string, unknown>>;
  readonly secureJsonData?: Secure;
}

// Grafana puts the content of files into the values of its provisioning files.
const fromFile = (path: string): string => `$__file{${path}}`;

const loginOf = ({ authentication }: Endpoint): Settings => {
  switch (authentication?.kind) {
    case 'basic':
      return {
        top: { basicAuth: true, basicAuthUser: authentication.username },
        secureJsonData: { basicAuthPassword: fromFile(secretPath(authentication.password)) },
      };
    case 'bearer':
      return {
        jsonData: { httpHeaderName1: 'Authorization' },
        secureJsonData: {
          httpHeaderValue1: `Bearer ${fromFile(secretPath(authentication.token))}`,
        },
      };
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
