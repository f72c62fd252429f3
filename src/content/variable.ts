import type { Variable } from '../model/dashboard.js';
import { severalClusters } from './fact.js';
import { datasource } from './panel.js';

export interface LabelVariableOptions {
  /** @default - the name of the label */
  readonly title?: string;
  /** The label whose values it lists. @default - the name of the variable */
  readonly label?: string;
  /** Allows only one value, for a dashboard about one object. @default false */
  readonly single?: boolean;
}

const capitalized = (name: string): string => name.charAt(0).toUpperCase() + name.slice(1);

/** A variable over the values of a label; "All" matches the series that have the label. */
export const labelVariable = (
  name: string,
  series: string,
  { title = capitalized(name), label = name, single = false }: LabelVariableOptions = {},
): Variable => labelValues(name, series, { title, label, single, all: '.+' });

/** A variable over the values of a label; without a value for "All", that is the list of all its values. */
export const labelValues = (
  name: string,
  series: string,
  { title, label, single, all }: Required<LabelVariableOptions> & { readonly all?: string },
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
          ...(all !== undefined && { allValue: all }),
          current: { text: ['All'], value: ['$__all'] },
        }),
  };
};

/**
 * The variable of the cluster, for a Prometheus with series of several clusters. "All" also matches
 * series without the label: Prometheus does not add its external labels to its own series. If an
 * environment has one cluster, its dashboards have neither the variable nor its matcher.
 */
export const cluster: Variable = labelValues('cluster', '', {
  title: 'Cluster',
  label: 'cluster',
  single: false,
  all: '.*',
});

/** The scrape jobs and facts that variables need, for which their format has no field. */
const needs = new WeakMap<Variable, readonly string[]>([[cluster, [severalClusters]]]);

/** A variable that only environments with these scrape jobs and facts have. */
export const needing = (all: readonly string[], variable: Variable): Variable => {
  needs.set(variable, all);
  return variable;
};

/** The variables of a dashboard in an environment with these jobs and facts. */
export const shownVariables = (
  variables: readonly Variable[],
  jobs: readonly string[] | ReadonlySet<string>,
): Variable[] => {
  const here = new Set(jobs);
  return variables.filter((one) => (needs.get(one) ?? []).every((name) => here.has(name)));
};

/** Removes the matcher of the cluster from the text of a dashboard. */
export const withoutClusterMatcher = (text: string): string =>
  text.includes('cluster=~"$cluster"')
    ? text
        .replace(/\{\s*cluster=~"\$cluster"\s*,?\s*\}/g, '')
        .replace(/cluster=~"\$cluster"\s*,\s*/g, '')
        .replace(/\s*,\s*cluster=~"\$cluster"/g, '')
    : text;
