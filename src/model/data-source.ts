/** A data source, with the field names of Grafana's provisioning files. */
export interface DataSource {
  readonly name: string;
  /** Dashboards reference it. */
  readonly uid: string;
  readonly type: string;
  readonly access: 'proxy';
  readonly url: string;
  readonly isDefault: boolean;
  readonly editable: false;
  readonly basicAuth?: true;
  readonly basicAuthUser?: string;
  /** User of a database. */
  readonly user?: string;
  readonly jsonData: Readonly<Record<string, unknown>>;
  /** Stored encrypted by Grafana; values reference files. */
  readonly secureJsonData?: Readonly<Record<string, string>>;
}

/** The uid of the data source for PromQL, from any provider. */
export const promqlUid = 'prometheus';

/** The uid of the data source for the replica of Prometheus that has the results of load tests. */
export const replicaUid = 'prometheus-0';

/** The uid of the data source for LogQL, from any provider. */
export const logqlUid = 'loki';

/**
 * The types of the data sources that the image of Grafana 13.2 contains. Since 13.2 they are bundled
 * plugins; Parca is no longer one: https://github.com/grafana/grafana/pull/127322
 */
export const bundledTypes = [
  'alertmanager',
  'cloudwatch',
  'elasticsearch',
  'grafana-azure-monitor-datasource',
  'grafana-postgresql-datasource',
  'grafana-pyroscope-datasource',
  'grafana-testdata-datasource',
  'graphite',
  'influxdb',
  'jaeger',
  'loki',
  'mssql',
  'mysql',
  'opentsdb',
  'prometheus',
  'stackdriver',
  'tempo',
  'zipkin',
] as const;

/** Older names of types, which Grafana still accepts (`aliasIDs` in the `plugin.json` of each plugin). */
export const typeAliases: Readonly<Record<string, string>> = {
  phlare: 'grafana-pyroscope-datasource',
  postgres: 'grafana-postgresql-datasource',
  testdata: 'grafana-testdata-datasource',
};

/** The types whose URL is a host and a port, and which log in with a user of the database. */
export const databaseTypes: readonly string[] = [
  'grafana-postgresql-datasource',
  'postgres',
  'mssql',
  'mysql',
];
