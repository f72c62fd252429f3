import type { ReadDashboard, ReadPanel, ReadTarget, ReadVariable } from '../model/dashboard.js';
import { promqlUid } from '../model/data-source.js';
import { memoize } from '../model/memoize.js';
import { labelValuesOf, queryOfVariable } from './variable-meaning.js';
import { anyValue } from './variables.js';

/** A Prometheus query of a dashboard. */
export interface DashboardQuery {
  /** The panel, variable or annotation of the query, by its title or name. */
  readonly usedIn: string;
  readonly expr: string;
  /** Whether it is an instant query, whose result may also be a range vector. */
  readonly instant: boolean;
  /** The label whose values it returns, for `label_values`. */
  readonly label?: string;
  /** The variable whose values it returns. @default - it is of a panel or an annotation */
  readonly variable?: ReadVariable;
  /** The titles above it, from the dashboard to its panel. */
  readonly titles: () => readonly string[];
  /** Sample values of the dashboard's variables, by name. */
  readonly variables: Readonly<Record<string, string>>;
}

// A part of a dashboard with any type: the check `configuration` validates it.
// biome-ignore lint/suspicious/noExplicitAny: see above
type Part = any;

/** The members of a list that are objects. */
export const partsOf = (value: unknown): Part[] =>
  Array.isArray(value) ? value.filter((part) => typeof part === 'object' && part !== null) : [];

/** The queries of a dashboard in Grafana's format. */
export const dashboardQueries = memoize((dashboard: ReadDashboard): readonly DashboardQuery[] => {
  const list = partsOf(dashboard.templating?.list);
  const variables = samplesOf(dashboard);
  const panels = panelsOf(dashboard);
  return [
    ...list.flatMap((variable) => variableQuery(variable, variables)),
    ...partsOf(dashboard.annotations?.list).flatMap((one) =>
      queryOf(annotated(one), one, `annotation ${one.name}`, variables),
    ),
    ...panels.flatMap((panel) => {
      const titles = () => titlesUpTo(panel, dashboard);
      return partsOf(panel.targets)
        .flatMap((target) => queryOf(target, panel, `panel ${panel.title}`, variables))
        .map((query) => ({ ...query, titles }));
    }),
  ];
});

/**
 * The query of an annotation: in its target, or, as former versions of Grafana store it, in the annotation itself.
 * https://github.com/grafana/grafana/blob/main/packages/grafana-prometheus/src/annotations.ts
 */
export const annotated = (one: Part): Part => (one.target?.expr ? one.target : one);

/** The types of the other stores than Prometheus that panels query. */
export const otherStores = (dashboard: ReadDashboard): string[] =>
  panelsOf(dashboard).flatMap((panel) =>
    partsOf(panel.targets).flatMap((target) => {
      const type: unknown = ((target.datasource ? target : panel) as Part).datasource?.type;
      return ['prometheus', 'datasource', undefined].includes(type as string) ? [] : [`${type}`];
    }),
  );

/** Rows and panels in layout order. */
export const panelsOf = memoize((dashboard: ReadDashboard): readonly ReadPanel[] =>
  partsOf(dashboard.panels).flatMap((panel) => [panel, ...partsOf(panel.panels)]),
);

/** The titles from the dashboard to a panel, which locate it in a file. */
export const titlesUpTo = (panel: ReadPanel, dashboard: ReadDashboard): string[] => {
  const panels = panelsOf(dashboard);
  return [dashboard, ...panels.slice(0, panels.indexOf(panel) + 1)].flatMap(({ title }) =>
    typeof title === 'string' && title !== '' ? title : [],
  );
};

/** Sample values of a dashboard's variables, by name. */
export const samplesOf = memoize((dashboard: ReadDashboard): DashboardQuery['variables'] =>
  Object.fromEntries(
    partsOf(dashboard.templating?.list).map((one) => [`${one.name}`, sampleOf(one)]),
  ),
);

// A data source that is only named is that of the stack, or one that Grafana does not have.
const isPrometheus = ({ datasource }: Part): boolean =>
  typeof datasource === 'string'
    ? datasource === promqlUid
    : datasource?.type === undefined || datasource.type === 'prometheus';

/** Whether a query of a panel is one of Prometheus. */
export const asksPrometheus = (target: ReadTarget, panel: ReadPanel): boolean =>
  isPrometheus(target.datasource ? target : panel);

const queryOf = (
  target: Part,
  owner: Part,
  usedIn: string,
  variables: DashboardQuery['variables'],
): DashboardQuery[] =>
  typeof target.expr === 'string' && asksPrometheus(target, owner)
    ? [{ usedIn, expr: target.expr, instant: target.instant === true, titles: () => [], variables }]
    : [];

/** A possible value of the variable; for `All`, a pattern that matches all values. */
const sampleOf = (variable: ReadVariable): string => {
  const { type, query } = variable;
  if (type === 'constant') return typeof query === 'string' ? query : '';
  const value = variable.current?.value;
  const current = Array.isArray(value) ? value[0] : value;
  if (variable.includeAll === true) return `${variable.allValue || anyValue}`;
  if (typeof current === 'string' && current !== '' && !/^\$__(all$|auto)/.test(current)) {
    return current;
  }
  if (type === 'query' || typeof query !== 'string') return anyValue;
  if (type === 'textbox') return query || anyValue;
  return valuesOf(query)[0] || anyValue;
};

/**
 * The values of a custom or interval variable: separated by commas, of which `\,` is none, and each
 * perhaps after a name, as in `Five minutes : 5m`.
 * https://grafana.com/docs/grafana/latest/dashboards/variables/add-template-variables/#add-a-custom-variable
 */
const valuesOf = (query: string): string[] =>
  (query.match(/(?:\\,|[^,])+/g) ?? []).map((part) =>
    part
      .replace(/\\,/g, ',')
      .replace(/^\s*.+\s:\s(?=.+$)/, '')
      .trim(),
  );

const variableQuery = (
  variable: ReadVariable,
  variables: DashboardQuery['variables'],
): DashboardQuery[] => {
  const text = queryOfVariable(variable);
  if (variable.type !== 'query' || !variable.name || !isPrometheus(variable)) return [];
  // Without a query, it has no values.
  if (typeof text !== 'string' || text.trim() === '') return [];
  const usedIn = `variable ${variable.name}`;
  const query = { usedIn, variable, instant: true, titles: () => [], variables };
  const values = labelValuesOf(variable);
  if (values) {
    const { series, label } = values;
    return series ? [{ ...query, expr: series, label }] : [];
  }
  const result = /^\s*query_result\((.*)\)\s*$/s.exec(text);
  if (result) return [{ ...query, expr: result[1]! }];
  // Lists of metric and label names query no series.
  return /^\s*(?:metrics|label_names)\(.*\)\s*$/s.test(text) ? [] : [{ ...query, expr: text }];
};
