import { samplesOf } from '../../src/promql/dashboard.js';
import { expand } from '../../src/promql/variables.js';
import type { Panel, Results, Series } from './panel-alarms.js';
import type { Question } from './prometheus-answer.js';

/** A panel of a dashboard, and the results of its queries. */
export interface ShownPanel {
  /** The uid of the dashboard, the selected values, and the title of the panel. */
  readonly title: string;
  readonly panel: Panel;
  readonly results: Results;
}

/** Answers queries with series, or with an error message. */
type Ask = (questions: readonly Question[]) => Promise<(readonly Series[] | string)[]>;

/** The values of the variables of a dashboard, by name. */
type Choice = Readonly<Record<string, string>>;

interface Dashboard {
  readonly uid: string;
  readonly templating: { readonly list: readonly Variable[] };
  readonly panels: readonly (Panel & { readonly panels?: readonly Panel[] })[];
}

interface Variable {
  readonly name: string;
  readonly includeAll?: boolean;
  readonly definition?: string;
}

/**
 * All panels of dashboards, with charts over a period. A dashboard about one object is evaluated
 * for each object of its kind, any other for all objects.
 */
export const showPanels = async (
  dashboards: readonly string[],
  ask: Ask,
  period: NonNullable<Question['period']>,
): Promise<ShownPanel[]> => {
  const shown: ShownPanel[] = [];
  for (const json of dashboards) {
    const dashboard = JSON.parse(json) as Dashboard;
    const { names, choices } = await choicesOf(dashboard, ask);
    for (const choice of choices) {
      const subject = names.map((name) => choice[name]).join('/');
      const heading = subject ? `${dashboard.uid} of ${subject}` : dashboard.uid;
      const panels = panelsOf(dashboard);
      const results = await resultsOf(panels, choice, ask, period);
      shown.push(
        ...panels.map((panel, index) => ({
          title: `${heading}: ${panel.title}`,
          panel,
          results: results[index]!,
        })),
      );
    }
  }
  return shown;
};

const panelsOf = ({ panels }: Dashboard): Panel[] =>
  panels.flatMap((panel) => [panel, ...(panel.panels ?? [])]).filter(({ type }) => type !== 'row');

// Grafana calculates rates over four scrapes.
const builtIn = { __rate_interval: '2m' };

/** The results of the queries of each panel. */
const resultsOf = async (
  panels: readonly Panel[],
  choice: Choice,
  ask: Ask,
  period: Question['period'],
): Promise<Results[]> => {
  const targets = panels.flatMap((panel) => panel.targets ?? []);
  const answers = await ask(
    targets.map(({ expr, instant }) => ({
      query: expand(expr, { ...choice, ...builtIn }).text,
      ...(!instant && { period }),
    })),
  );
  const byTarget = new Map(
    targets.map((target, index) => [target, seriesIn(answers[index], target.expr)]),
  );
  return panels.map((panel) =>
    Object.fromEntries(
      (panel.targets ?? []).map((target) => [target.refId, byTarget.get(target)!]),
    ),
  );
};

/**
 * The variables with a single value, and every selection of these with all values of the others.
 */
const choicesOf = async (dashboard: Dashboard, ask: Ask) => {
  const single = dashboard.templating.list.filter(({ includeAll }) => !includeAll);
  let choices: Choice[] = [samplesOf(dashboard)];
  for (const { name, definition = '' } of single) {
    const [, series = '', label = ''] = /^label_values\((.+), (\w+)\)$/s.exec(definition) ?? [];
    const answers = await ask(
      choices.map((choice) => ({ query: `group by (${label}) (${expand(series, choice).text})` })),
    );
    choices = choices.flatMap((choice, index) =>
      seriesIn(answers[index], definition).map(({ labels }) => ({
        ...choice,
        [name]: labels[label] ?? '',
      })),
    );
  }
  return { names: single.map(({ name }) => name), choices };
};

const seriesIn = (answer: readonly Series[] | string | undefined, query: string) => {
  if (typeof answer === 'object') return answer;
  throw new Error(`${query}: ${answer ?? 'no answer'}`);
};
