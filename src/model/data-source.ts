/** A data source in the field names of Grafana's provisioning files. */
export interface DataSource {
  readonly name: string;
  /** Dashboards refer to it. */
  readonly uid: string;
  readonly type: string;
  readonly access: 'proxy';
  readonly url: string;
  readonly isDefault: boolean;
  readonly editable: false;
  readonly basicAuth?: true;
  readonly basicAuthUser?: string;
  readonly jsonData: Readonly<Record<string, unknown>>;
  /** Kept encrypted by Grafana; refers to files. */
  readonly secureJsonData?: Readonly<Record<string, string>>;
}

/** The uid of the data source that answers PromQL, whichever component provides it. */
export const promqlUid = 'prometheus';
