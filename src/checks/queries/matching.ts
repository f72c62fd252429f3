import { defineCheck } from '../../model/check.js';
import { memoize } from '../../model/memoize.js';
import { isSingle } from '../../promql/cardinality.js';
import { type Expression, walk } from '../../promql/expression.js';
import { type Facts, unknownFacts } from '../../promql/facts.js';
import { followFacts, type Mismatch } from '../../promql/follow-facts.js';
import { isScalar } from '../../promql/labels.js';
import { faultAt, oncePerFile, type Query, queriesIn } from '../support/query/query.js';
import { type SeriesIndex, seriesIn } from '../support/query/series.js';
import { faults, type Result } from './matching/faults.js';
import { mergedBy } from './matching/merged.js';
import { isReportedAsMissing, remedyOf, whyUnmatched } from './matching/mismatch.js';
import { severalMatches } from './matching/several.js';

const check = defineCheck({
  faults,
  summary:
    'The two sides of an operator can have series with the same labels: those of an aggregation, of the labels that a job, a recording rule or a function sets, and of the values in matchers. Each series of one side matches at most one of the other, unless `group_left` or `group_right` allows several. No function and no label of a rule gives two series the same labels.',
  run: (input) => {
    const index = seriesIn(input);
    return oncePerFile(queriesIn(input), (query) => faultsOf(query, index));
  },
});

export default check;

const faultsOf = memoize((query: Query, index: SeriesIndex): Result[] => {
  const { expression, faults, varies } = query.analysis;
  if (!expression || faults.length > 0 || !canFail(query, expression)) return [];
  const found: Result[] = [];
  // There are no series to match, which is no fault here: the check `jobs` reports unknown jobs.
  const hasNoJob = ({ binary }: Mismatch): boolean =>
    walk(binary).some((one) => one.kind === 'selector' && index.of(one, varies)?.jobs.length === 0);
  const facts = followFacts(expression, {
    factsOf: (selector) => index.of(selector, varies)?.facts() ?? unknownFacts,
    varies,
    mismatch: (one) => {
      const ofOtherCheck = isReportedAsMissing(one) && !query.imported;
      if (!ofOtherCheck && !hasNoJob(one)) found.push(unmatched(query, one));
    },
    matched: (binary, sides) => {
      const several = severalMatches(binary, sides);
      if (several) found.push(faultAt(query, binary, { fault: 'several-matches', ...several }));
    },
    overwrite: (call, { label, merges }, before) => {
      const [of] = call.parameters;
      if (!merges || !of || isSingle(of) || mergedBy(before, [label]) === undefined) return;
      found.push(
        faultAt(query, call, {
          fault: 'merged-series',
          message: `Several series differ only in the label '${label}', and '${call.name}' gives all of them the same value.`,
        }),
      );
    },
  });
  return [...found, ...ofRule(query, expression, facts)];
});

/** Most expressions have nothing that can fail. */
const canFail = ({ expr, rule }: Query, expression: Expression): boolean =>
  /label_(?:replace|join)/.test(expr) ||
  Object.keys(rule?.labels ?? {}).some(
    (label) => expr.includes(label) || label === 'job' || label === 'instance',
  ) ||
  walk(expression).some(
    (one) => one.kind === 'binary' && !isScalar(one.left) && !isScalar(one.right),
  );

const unmatched = (query: Query, mismatch: Mismatch): Result =>
  faultAt(query, mismatch.binary, {
    fault: mismatch.doubtful
      ? 'matches-without-label'
      : mismatch.binary.operator === 'unless'
        ? 'unless-without-effect'
        : 'never-matches',
    message: whyUnmatched(mismatch),
    remedy: remedyOf(mismatch),
  });

/** The labels of a rule replace those of the series. */
const ofRule = ({ rule, usedIn, placeOf }: Query, of: Expression, facts: Facts): Result[] => {
  if (!rule || isSingle(of)) return [];
  const set = Object.keys(rule.labels).filter((label) => !rule.labels[label]!.includes('{{'));
  const label = mergedBy(facts, set);
  if (label === undefined) return [];
  const what = rule.alert === undefined ? 'recorded series' : 'alert';
  return [
    {
      place: { ...placeOf(), path: `${usedIn}, labels.${label}` },
      fault: 'merged-by-rule',
      message: `Several series of the expression differ only in the label '${label}', and the rule gives all of them the same value: they become the same ${what}.`,
      value: rule.labels[label],
    },
  ];
};
