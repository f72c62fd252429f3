import type { Analysis } from '../../../promql/analyse.js';
import { isSingle } from '../../../promql/cardinality.js';
import type { Matcher, Selector } from '../../../promql/expression.js';
import { type Facts, noLabels, unknownFacts, withFacts } from '../../../promql/facts.js';
import { followFacts } from '../../../promql/follow-facts.js';
import { fixed, isConstant, possible } from '../../../promql/label-fact.js';
import { isSingleValue } from '../../../promql/variable-meaning.js';
import type { ShippedDashboard } from '../../support/dashboard.js';
import type { SeriesIndex } from '../../support/query/series.js';
import { listOf } from '../../support/untyped.js';

/**
 * Whether a query returns at most one series: by its aggregation, or because literal values and variables
 * with one value at a time select one target, and all labels by which its series could differ. Of series
 * whose labels nobody knows, a target is assumed to have one.
 */
export const hasOneSeries = (
  analysis: Analysis,
  { json: { templating } }: ShippedDashboard,
  index: SeriesIndex,
): boolean => {
  const { expression, varies, variablesIn, selectors } = analysis;
  if (!expression || isSingle(expression)) return true;
  const variables = listOf(templating?.list);
  const fixesOne = ({ operator, value, ...span }: Matcher): boolean => {
    if (operator.startsWith('!') || value === '') return false;
    const used = variablesIn(span);
    const length = used.reduce((sum, { from, to }) => sum + to - from, 0);
    // Other variables than those of a query can have a pattern as their value.
    const isExact = operator === '=' || (length === value.length && length > 0);
    return (
      isExact &&
      used.every(({ name }) => {
        const variable = variables.find((one) => one.name === name);
        return (
          variable && isSingleValue(variable) && (operator === '=' || variable.type === 'query')
        );
      })
    );
  };
  const fixing = new Set(selectors.flatMap(({ matchers }) => matchers.filter(fixesOne)));
  const places = new Set([...fixing].map(({ from }) => from));
  const facts = followFacts(expression, {
    varies: (span) => varies(span) && !places.has(span.from),
    factsOf: (selector) =>
      factsOf(
        selector,
        selector.matchers.filter((one) => fixing.has(one)),
        index.of(selector, varies),
      ),
  });
  return facts.others.values?.size === 0 && [...facts.labels.values()].every(isConstant);
};

// Labels by whose value a target is selected.
const ofTarget: readonly string[] = ['instance', 'pod', 'node'];

/** kube-state-metrics is one target, whose series are about objects. */
const isOfObjects = ({ metric = '' }: Selector): boolean => metric.startsWith('kube_');

const factsOf = (
  selector: Selector,
  fixing: readonly Matcher[],
  series: ReturnType<SeriesIndex['of']>,
): Facts => {
  const isOne =
    fixing.some(({ label }) => ofTarget.includes(label)) ||
    (isOfObjects(selector) && fixing.length > 0);
  if (!isOne) return unknownFacts;
  const target = new Set([
    'job',
    'instance',
    ...(series?.exposing ?? []).flatMap(({ targetLabels }) => [...targetLabels]),
  ]);
  const names = [...(series?.labels ?? [])].filter((label) => !target.has(label));
  return withFacts(noLabels, [
    ...names.map((label) => [label, possible] as const),
    ...fixing.map(({ label, value }) => [label, fixed(value)] as const),
  ]);
};
