import { distance } from 'fastest-levenshtein';
import { memoize, memoizeText } from '../../../model/memoize.js';
import { suggest } from '../../../model/suggestion.js';
import type { Matcher } from '../../../promql/expression.js';
import { followLabels, type MissingLabel, requiresLabel } from '../../../promql/labels.js';
import { faultAt, type Query } from '../../support/query/query.js';
import { labelsOf, type SeriesIndex } from '../../support/query/series.js';
import type { Result } from './faults.js';
import { excludesByLabels, remedyOfObjectLabels } from './object-labels.js';

/** Labels that the queries of a file use, but their series do not have. */
export const missingLabels = (ofFile: readonly Query[], index: SeriesIndex): Result[] => {
  const empty = emptyVariables(ofFile, index);
  const imported = ofFile.filter((one) => one.imported);
  return [
    ...ofFile.filter((one) => !one.imported).flatMap((one) => faultsOf(one, empty, index)),
    ...summaryOf(imported, empty, index),
  ];
};

/**
 * The variables that have no values here. Grafana replaces them by the empty string, and a matcher of
 * the empty string selects series without the label.
 */
const emptyVariables = (ofFile: readonly Query[], index: SeriesIndex): ReadonlySet<string> =>
  setOf(
    ofFile
      .filter((query) => query.variable && isEmpty(query, index))
      .map(({ variable }) => `${variable?.name}`)
      .sort()
      .join(' '),
  );

// The same set for the same names, since results are memoized by it.
const setOf = memoizeText((names): ReadonlySet<string> => new Set(names.split(' ')));

const isEmpty = memoize((query: Query, index: SeriesIndex): boolean => {
  const { label, analysis } = query;
  const labels = labelsOf(query, index);
  if (label !== undefined && labels && !labels.has(label)) return true;
  return analysis.selectors.some((selector) => {
    const series = index.of(selector, analysis.varies);
    return series && !series.recorded && series.exposing.length + undeclared(series) === 0;
  });
});

const undeclared = ({ jobs }: Pick<SeriesIndex, 'jobs'>): number =>
  jobs.filter(({ metrics }) => !metrics).length;

const labelFaults = memoize(
  (query: Query, empty: ReadonlySet<string>, index: SeriesIndex): readonly MissingLabel[] => {
    const { analysis, expr, label, imported } = query;
    const { expression, faults, varies } = analysis;
    if (!expression || faults.length > 0) return [];
    const { labels, missing } = followLabels(
      expression,
      (selector) => index.of(selector, varies)?.labels,
      (matcher) => {
        if (isEmptied(matcher, query, empty)) return matcher.operator.startsWith('!');
        // In our own dashboards, the value of a variable matches nothing without the label. External
        // labels exist after the series are stored with those of other servers.
        const named = !imported && varies(matcher) && !index.externalLabels.has(matcher.label);
        return requiresLabel(matcher) || named;
      },
    );
    const known = [...(labels ?? [])].sort();
    return label !== undefined && labels && !labels.has(label)
      ? [
          ...missing,
          { label, by: 'label_values', from: 0, to: expr.length, known, isWithoutEffect: false },
        ]
      : missing;
  },
);

/** Whether the value of a matcher is a variable that has no values. */
const isEmptied = (matcher: Matcher, { analysis }: Query, empty: ReadonlySet<string>): boolean => {
  const variables = analysis.variablesIn(matcher);
  const length = variables.reduce((sum, { from, to }) => sum + to - from, 0);
  return (
    length > 0 && length === matcher.value.length && variables.every(({ name }) => empty.has(name))
  );
};

const faultsOf = memoize(
  (query: Query, empty: ReadonlySet<string>, index: SeriesIndex): Result[] => {
    const { varies, selectors } = query.analysis;
    // Alerts have different labels, and an environment may lack those with one of them.
    const joinsAlerts = selectors.every(({ metric = '' }) => /^ALERTS/.test(metric));
    return (
      labelFaults(query, empty, index)
        .filter(({ by }) => by !== 'label_join' || !joinsAlerts)
        // In these two cases the span is more than the name of the label, so it may contain a variable.
        .filter((one) => !varies(one) || ['matcher', 'histogram_quantile'].includes(one.by))
        .map((one) => faultOf(query, one))
    );
  },
);

const faultOf = (query: Query, missing: MissingLabel): Result => {
  const { label, by, known, isWithoutEffect, ...span } = missing;
  const { selectors, expression } = query.analysis;
  const selector = selectors.find((one) => one.from <= span.from && span.to <= one.to);
  const excludes = selector !== undefined && excludesByLabels(selector, expression);
  const suggestion = labelMeant(label, known) ?? suggest(label, known);
  return faultAt(query, span, {
    ...(((isWithoutEffect && !suggestion) || excludes) && { severity: 'warning' }),
    ...(by === 'histogram_quantile'
      ? { fault: 'lost-bucket-label' }
      : {
          fault: 'missing-label',
          message: `The series have no label '${label}', which ${by === 'matcher' ? 'a matcher' : `'${by}'`} uses.`,
          remedy:
            known.length > 0
              ? `Use one of ${known.join(', ')}.`
              : 'Remove it: they have no labels.',
        }),
    ...(/^(?:label|annotation)_/.test(label) && remedyOfObjectLabels(selector?.metric ?? '')),
    suggestion,
  });
};

/** The label that is surely meant: with a name of an earlier Kubernetes such as `pod_name`, or misspelt. */
const labelMeant = (label: string, known: readonly string[]): string | undefined =>
  known.find(
    (one) =>
      label === `${one}_name` ||
      (label.length > 4 && one.length > 4 && distance(label, one) === 1) ||
      (label.length > 8 && distance(label, one) === 2),
  );

/**
 * One warning about imported content. Only a matcher or a missing bound leaves a query without
 * results: a grouping or a matching by a label that no series has is one of a single cluster, unless it is
 * surely another name for a label that they have.
 */
const summaryOf = (
  imported: readonly Query[],
  empty: ReadonlySet<string>,
  index: SeriesIndex,
): Result[] => {
  const found = imported.flatMap((query) =>
    labelFaults(query, empty, index)
      .filter(
        ({ by, label, known }) =>
          ['matcher', 'label_values', 'histogram_quantile'].includes(by) ||
          labelMeant(label, known) !== undefined,
      )
      // Nobody sees a hidden variable without values.
      .filter(({ by }) => by !== 'label_values' || query.variable?.hide !== 2)
      .map((one) => ({ query, one, ...faultOf(query, one), severity: 'warning' as const })),
  );
  const [first] = found;
  if (!first) return [];
  const queries = new Set(found.map(({ query }) => query));
  const { query, one, ...fault } = first;
  if (found.length === 1) return [fault];
  const labels = [...new Set(found.map(({ one: { label } }) => label))].sort().join(', ');
  return [
    {
      severity: 'warning',
      fault: 'missing-label',
      place: query.owner,
      message: `${queries.size} of ${imported.length} queries use labels that their series do not have here: ${labels}.`,
    },
  ];
};
