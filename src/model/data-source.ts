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
  readonly jsonData: Readonly<Record<string, unknown>>;
  /** Stored encrypted by Grafana; values reference files. */
  readonly secureJsonData?: Readonly<Record<string, string>>;
}

/** The uid of the data source for PromQL, from any provider. */
export const promqlUid = 'prometheus';
