import type { ReadDashboard, ReadPanel, ReadTarget } from '../model/dashboard.js';
import { logqlUid } from '../model/data-source.js';
import { memoize } from '../model/memoize.js';
import { annotated, panelsOf, partsOf, samplesOf, titlesUpTo } from '../promql/dashboard.js';

/** A Loki query of a dashboard. */
export interface LokiQuery {
  /** The panel, variable or annotation of the query, by its title or name. */
  readonly usedIn: string;
  readonly expr: string;
  /** The panel that shows it. @default - it is of a variable or an annotation */
  readonly panel?: ReadPanel;
  /** The titles above it, from the dashboard to its panel. */
  readonly titles: () => readonly string[];
  /** Sample values of the dashboard's variables, by name. */
  readonly variables: Readonly<Record<string, string>>;
}

// A part of a dashboard with any type: the check `configuration` validates it.
// biome-ignore lint/suspicious/noExplicitAny: see above
type Part = any;

/** The queries of a dashboard to Loki, in Grafana's format. */
export const lokiQueries = memoize((dashboard: ReadDashboard): readonly LokiQuery[] => {
  const variables = samplesOf(dashboard);
  const titles = () => [];
  return [
    ...partsOf(dashboard.templating?.list).flatMap((one) => ofVariable(one, dashboard)),
    ...partsOf(dashboard.annotations?.list).flatMap((one) => {
      const target = annotated(one);
      const usedIn = `annotation ${one.name}`;
      return typeof target.expr === 'string' && asksLoki(target, one, dashboard)
        ? [{ usedIn, expr: target.expr, titles, variables }]
        : [];
    }),
    ...panelsOf(dashboard).flatMap((panel) =>
      partsOf(panel.targets)
        .filter((one) => typeof one.expr === 'string' && asksLoki(one, panel, dashboard))
        .map(({ expr }) => ({
          usedIn: `panel ${panel.title}`,
          expr,
          panel,
          titles: () => titlesUpTo(panel, dashboard),
          variables,
        })),
    ),
  ];
});

/** Whether a query of a panel is one of Loki. */
export const asksLoki = (target: ReadTarget, panel: ReadPanel, dashboard: ReadDashboard): boolean =>
  isLoki((target.datasource ? target : panel).datasource, dashboard);

const isLoki = (datasource: Part, dashboard: ReadDashboard): boolean => {
  const { type, uid } =
    typeof datasource === 'object' && datasource !== null
      ? datasource
      : { type: undefined, uid: datasource };
  if (type !== undefined) return type === 'loki';
  if (uid === logqlUid) return true;
  if (typeof uid !== 'string') return false;
  const name = /^\$\{?(\w+)\}?$/.exec(uid)?.[1];
  return partsOf(dashboard.templating?.list).some(
    (one) => one.type === 'datasource' && one.query === 'loki' && one.name === name,
  );
};

/**
 * The selector of a variable that lists the values of a label.
 * https://github.com/grafana/grafana/blob/v13.2.0/public/app/plugins/datasource/loki/LokiVariableSupport.ts
 */
const ofVariable = (variable: Part, dashboard: ReadDashboard): LokiQuery[] => {
  if (variable.type !== 'query' || !isLoki(variable.datasource, dashboard)) return [];
  const { query } = variable;
  const former = /^\s*label_values\(\s*(.+)\s*,\s*\w+\s*\)\s*$/s;
  const expr = typeof query === 'string' ? former.exec(query)?.[1] : query?.stream;
  if (typeof expr !== 'string' || expr.trim() === '') return [];
  const usedIn = `variable ${variable.name}`;
  return [{ usedIn, expr, titles: () => [], variables: samplesOf(dashboard) }];
};
