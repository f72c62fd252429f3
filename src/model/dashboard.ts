import type {
  Dashboard,
  FieldConfig,
  Panel,
  RowPanel,
  VariableModel,
} from '@grafana/grafana-foundation-sdk/dashboard';
import type { Dataquery } from '@grafana/grafana-foundation-sdk/prometheus';
import type { Plain, Unchecked } from './plain.js';

/** A dashboard in Grafana's format, with what Grafana needs to load it from a file. */
export type GrafanaDashboard = Plain<Dashboard> & { readonly uid: string; readonly title: string };

/** A variable in Grafana's format. */
export type Variable = Plain<VariableModel>;

/** A query in the format of Grafana's Prometheus data source. */
export type Target = Plain<Omit<Dataquery, '_implementsDataqueryVariant'>>;

/** A dashboard as it is read. */
export type ReadDashboard = Unchecked<GrafanaDashboard>;

/** A panel as it is read, or a row with its panels. */
export type ReadPanel = Unchecked<Plain<Panel & Partial<Pick<RowPanel, 'panels'>>>>;

/** How a panel as it is read shows its values. */
export type ReadField = Unchecked<Plain<FieldConfig>>;

/** A query as it is read. */
export type ReadTarget = Unchecked<Target>;

/** A variable as it is read. */
export type ReadVariable = Unchecked<Variable>;
