import type { VariableModel } from '@grafana/grafana-foundation-sdk/dashboard';
import { datasource } from './panel.js';
import type { Plain } from './plain.js';

export type Variable = Plain<VariableModel>;

export interface LabelVariableOptions {
  /** @default - the name of the label */
  readonly title?: string;
  /** The label whose values it offers. @default - the name of the variable */
  readonly label?: string;
  /** One value at a time, for a dashboard about one of them. @default false */
  readonly single?: boolean;
}

const capitalized = (name: string): string => name.charAt(0).toUpperCase() + name.slice(1);

/** A variable over the values of a label, of any series where none are named; "All" matches series without the label as well. */
export const labelVariable = (
  name: string,
  series: string,
  { title = capitalized(name), label = name, single = false }: LabelVariableOptions = {},
): Variable => {
  const query = series ? `label_values(${series}, ${label})` : `label_values(${label})`;
  return {
    type: 'query',
    name,
    label: title,
    datasource,
    query: { query, refId: 'variable' },
    definition: query,
    refresh: 2,
    sort: 1,
    ...(single
      ? { multi: false, includeAll: false }
      : {
          multi: true,
          includeAll: true,
          allValue: '.*',
          current: { text: ['All'], value: ['$__all'] },
        }),
  };
};

/** The clusters that are told apart where several report to one place; a single one's Prometheus does not label its own series. */
export const cluster: Variable = labelVariable('cluster', '');
