import { catalogueNames, findCatalogue } from '../catalogues/catalogue.js';
import { jobMeantBy, meantBy } from '../catalogues/meant.js';
import { hasSeries, ofEachScrape } from '../catalogues/series.js';
import type { ContentQuery, Unscraped } from '../model/content.js';
import { type Analysis, analyse } from '../promql/analyse.js';
import type { Selector } from '../promql/expression.js';
import { matches } from '../promql/selector.js';
import { isMisspelt } from './misspelt.js';
import type { SeriesSource } from './series-sources.js';

// Most programs have these metrics, so without a job they do not show whose dashboard it is.
const ofAnyProgram = /^(go|process|promhttp)_/;
// Prometheus creates these from the active alerts.
const ofAlerts = /^ALERTS(_FOR_STATE)?$/;

/** What the series of a selector can be here: some, none, or those of whichever program is scraped. */
type Presence = 'some' | 'none' | 'any';

/** Decides from its queries whether content has data in an environment with these sources of series. */
export const unscrapedBy =
  (sources: readonly SeriesSource[]): Unscraped =>
  (queries, recorded) => {
    if (sources.length === 0) return undefined;
    const empty = emptyVariables(queries, sources, recorded);
    const shown = queries.filter(({ variable }) => !variable);
    // A query that cannot be parsed is reported where the content is used, so it is not left out.
    if (shown.some((query) => isBrokenQueryOf(query, sources, recorded))) return undefined;
    const found = shown.flatMap((query) => presences(query, sources, recorded, empty));
    const has = (one: Presence): boolean => found.some(({ presence }) => presence === one);
    if (!has('none') || has('some')) return undefined;
    // The reason is series that do not exist, and not a variable without values.
    const all = queries.flatMap((query) => presences(query, sources, recorded, new Set()));
    const missing = all.filter(({ presence }) => presence === 'none');
    return missingOf(
      missing.map(({ selector, analysis }) => ({ selector, onJob: onJob(selector, analysis) })),
      sources,
    );
  };

/** Whether a query has no syntax tree, and names a metric that a job here has, or almost. */
const isBrokenQueryOf = (
  { expr, variables }: ContentQuery,
  sources: readonly SeriesSource[],
  recorded: ReadonlySet<string>,
): boolean => {
  if (analyse(expr, variables).expression) return false;
  const names = expr.match(/[a-zA-Z_:][\w:]*/g) ?? [];
  return names.some(
    (name) =>
      !ofEachScrape.has(name) &&
      !ofAnyProgram.test(name) &&
      (recorded.has(name) ||
        (name.includes('_') && isMisspelt(name, sources)) ||
        sources.some(({ metrics }) => metrics && hasSeries(metrics, name))),
  );
};

interface Found {
  readonly selector: Selector;
  readonly analysis: Analysis;
  readonly presence: Presence;
}

const presences = (
  { expr, variables }: ContentQuery,
  sources: readonly SeriesSource[],
  recorded: ReadonlySet<string>,
  empty: ReadonlySet<string>,
): Found[] => {
  const analysis = analyse(expr, variables);
  return analysis.selectors.map((selector) => ({
    selector,
    analysis,
    presence: presenceOf(selector, analysis, sources, recorded, empty),
  }));
};

/** The variables whose values are labels of series that do not exist: a panel about one of them is empty. */
const emptyVariables = (
  queries: readonly ContentQuery[],
  sources: readonly SeriesSource[],
  recorded: ReadonlySet<string>,
): ReadonlySet<string> => {
  const empty = new Set<string>();
  const ofVariables = queries.filter(({ variable }) => variable && !variable.allValue);
  // A variable can use another one, before or after it.
  for (let size = -1; size < empty.size; ) {
    size = empty.size;
    for (const query of ofVariables) {
      const found = presences(query, sources, recorded, empty);
      if (found.some(({ presence }) => presence === 'none')) empty.add(`${query.variable?.name}`);
    }
  }
  return empty;
};

const onJob = ({ matchers }: Selector, { varies }: Analysis) =>
  matchers.filter((one) => one.label === 'job' && !varies(one));

const presenceOf = (
  selector: Selector,
  analysis: Analysis,
  sources: readonly SeriesSource[],
  recorded: ReadonlySet<string>,
  empty: ReadonlySet<string>,
): Presence => {
  const { metric, metricSpan, matchers } = selector;
  const jobs = onJob(selector, analysis);
  const chosen = sources.filter(
    ({ job, renames }) => renames || jobs.every((one) => matches(one, job) !== false),
  );
  const isOfNone = matchers.some(
    (one) =>
      !one.operator.startsWith('!') &&
      analysis.variablesIn(one).some(({ name }) => empty.has(name)),
  );
  if (chosen.length === 0 || isOfNone) return 'none';
  if (metric === undefined || (metricSpan && analysis.varies(metricSpan))) return 'any';
  const named = jobs.some(({ operator }) => !operator.startsWith('!'));
  const general = ofEachScrape.has(metric) || ofAlerts.test(metric) || ofAnyProgram.test(metric);
  if (general && !named) return 'any';
  if (recorded.has(metric) || ofEachScrape.has(metric)) return 'some';
  // Only another Prometheus has series of rules that are not here.
  const has = ({ metrics, renames }: SeriesSource): boolean =>
    metrics ? hasSeries(metrics, metric) : renames || !metric.includes(':');
  return chosen.some(has) ? 'some' : 'none';
};

/** The jobs that the queries state, or the job of the engine that has the metrics, or only the metrics. */
const missingOf = (
  all: readonly { readonly selector: Selector; readonly onJob: Selector['matchers'] }[],
  sources: readonly SeriesSource[],
): ReturnType<Unscraped> => {
  const stated = all.flatMap(({ onJob }) =>
    onJob.filter((one) => sources.every(({ job }) => matches(one, job) === false)),
  );
  const holders = holdersOf(all, sources);
  if (stated.length > 0) {
    const jobs = distinct(stated.map(({ value }) => value));
    const names = sources.map(({ job }) => job);
    return { jobs, ...meant(jobs, (name) => holders.get(name) ?? jobMeantBy(name, names)) };
  }
  const metrics = distinct(all.flatMap(({ selector: { metric } }) => metric ?? []));
  if (holders.size > 0) {
    const held = { heldBy: distinct([...holders.values()]), meant: Object.fromEntries(holders) };
    return { metrics, ...held };
  }
  const engine = catalogueNames().find(
    (name) =>
      !sources.some(({ job }) => job === name) &&
      metrics.every((metric) => hasSeries(findCatalogue(name)?.metrics ?? {}, metric)),
  );
  if (engine !== undefined && metrics.length > 0) return { jobs: [engine] };
  return {
    metrics,
    ...(metrics.some((one) => isMisspelt(one, sources)) && { misspelt: true }),
    ...meant(metrics, meantBy),
  };
};

/** The only job here that has the metrics which queries select with another job, by this other job. */
const holdersOf = (
  all: Parameters<typeof missingOf>[0],
  sources: readonly SeriesSource[],
): ReadonlyMap<string, string> =>
  new Map(
    all.flatMap(({ selector: { metric }, onJob }) => {
      if (metric === undefined || ofEachScrape.has(metric) || ofAnyProgram.test(metric)) return [];
      const holders = distinct(
        sources.flatMap(({ job, metrics }) => (metrics && hasSeries(metrics, metric) ? [job] : [])),
      );
      const [holder] = holders;
      return holder === undefined || holders.length > 1
        ? []
        : onJob
            .filter(({ operator }) => operator === '=')
            .map(({ value }) => [value, holder] as const);
    }),
  );

const meant = (
  names: readonly string[],
  meantBy: (name: string) => string | undefined,
): { readonly meant?: Readonly<Record<string, string>> } => {
  const found = names.flatMap((name) => {
    const suggestion = meantBy(name);
    return suggestion === undefined ? [] : [[name, suggestion] as const];
  });
  return found.length > 0 ? { meant: Object.fromEntries(found) } : {};
};

const distinct = (values: readonly string[]): string[] => [...new Set(values)];
