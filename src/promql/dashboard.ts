import { onceForText } from '../model/once.js';

/** A query of a dashboard's to Prometheus. */
export interface DashboardQuery {
  /** What asks: a panel, a variable or an annotation, by its title or name. */
  readonly asker: string;
  readonly expr: string;
  /** Whether it asks for the present alone, where a range vector is a result as well. */
  readonly instant: boolean;
  /** A label whose values are asked for. */
  readonly label?: string;
  /** Titles that come before it, from that of the dashboard to that of its panel. */
  readonly titles: () => readonly string[];
  /** Samples of the dashboard's variables, by name. */
  readonly variables: Readonly<Record<string, string>>;
}

// A part of a dashboard, which may have any shape: the check of the configuration judges that.
// biome-ignore lint/suspicious/noExplicitAny: see above
type Part = any;

const partsOf = (value: unknown): Part[] =>
  Array.isArray(value) ? value.filter((part) => typeof part === 'object' && part !== null) : [];

// Environments share dashboards, of which reading is most of the work.
/** The queries of a dashboard in Grafana's JSON; none where it is none. */
export const dashboardQueries = onceForText((json): readonly DashboardQuery[] => {
  let dashboard: Part;
  try {
    dashboard = JSON.parse(json);
  } catch {
    return [];
  }
  const list = partsOf(dashboard?.templating?.list);
  const variables = samplesOf(dashboard);
  const panels = panelsOf(dashboard);
  return [
    ...list.flatMap((variable) => variableQuery(variable, variables)),
    ...partsOf(dashboard?.annotations?.list).flatMap((one) =>
      queryOf(one, one, `annotation ${one.name}`, variables),
    ),
    ...panels.flatMap((panel) => {
      const titles = () => titlesUpTo(panel, dashboard);
      return partsOf(panel.targets)
        .flatMap((target) => queryOf(target, panel, `panel ${panel.title}`, variables))
        .map((query) => ({ ...query, titles }));
    }),
  ];
});

/** Rows and panels in the order in which they are laid out. */
const panelsOf = (dashboard: Part): Part[] =>
  partsOf(dashboard?.panels).flatMap((panel) => [panel, ...partsOf(panel.panels)]);

/** The titles from that of the dashboard to that of a panel, by which its place in a file is found. */
export const titlesUpTo = (panel: Part, dashboard: Part): string[] => {
  const panels = panelsOf(dashboard);
  return [dashboard, ...panels.slice(0, panels.indexOf(panel) + 1)].flatMap(({ title }) =>
    typeof title === 'string' && title !== '' ? title : [],
  );
};

/** Samples of a dashboard's variables, by name. */
export const samplesOf = (dashboard: Part): DashboardQuery['variables'] =>
  Object.fromEntries(
    partsOf(dashboard?.templating?.list).map((one) => [`${one.name}`, sampleOf(one)]),
  );

const asksPrometheus = ({ datasource }: Part): boolean =>
  datasource?.type === undefined || datasource.type === 'prometheus';

const queryOf = (
  target: Part,
  owner: Part,
  asker: string,
  variables: DashboardQuery['variables'],
): DashboardQuery[] =>
  typeof target.expr === 'string' && asksPrometheus(target.datasource ? target : owner)
    ? [{ asker, expr: target.expr, instant: target.instant === true, titles: () => [], variables }]
    : [];

/** A value that the variable may have; with all of them chosen, what stands for all. */
const sampleOf = (variable: Part): string => {
  const value = variable.current?.value;
  const current = Array.isArray(value) ? value[0] : value;
  if (variable.includeAll === true) return `${variable.allValue || '.+'}`;
  if (typeof current === 'string' && current !== '' && current !== '$__all') return current;
  if (variable.type === 'query' || typeof variable.query !== 'string') return '.+';
  return variable.query.split(',')[0].trim() || '.+';
};

// https://grafana.com/docs/grafana/latest/datasources/prometheus/template-variables/
const labelValues = /^\s*label_values\(\s*(?:(.+),)?\s*([\w$]+)\s*\)\s*$/s;

const variableQuery = (
  variable: Part,
  variables: DashboardQuery['variables'],
): DashboardQuery[] => {
  const { query } = variable;
  const text = typeof query === 'string' ? query : query?.query;
  if (variable.type !== 'query' || typeof text !== 'string' || !asksPrometheus(variable)) return [];
  const asker = `variable ${variable.name}`;
  const values = labelValues.exec(text);
  if (values) {
    const [, series, label] = values;
    return series
      ? [{ asker, expr: series, label, instant: true, titles: () => [], variables }]
      : [];
  }
  const result = /^\s*query_result\((.*)\)\s*$/s.exec(text);
  if (result) return [{ asker, expr: result[1]!, instant: true, titles: () => [], variables }];
  // Lists of names ask for no series.
  return /^\s*(?:metrics|label_names)\(.*\)\s*$/s.test(text)
    ? []
    : [{ asker, expr: text, instant: true, titles: () => [], variables }];
};
