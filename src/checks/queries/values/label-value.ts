import { labelValuesOf } from '../../../catalogues/label-values.js';
import { suggest } from '../../../model/suggestion.js';
import type { Matcher, Selector } from '../../../promql/expression.js';
import { matches } from '../../../promql/selector.js';
import { whyAbsent } from '../../support/query/absence.js';
import { faultAt, type Query } from '../../support/query/query.js';
import type { SeriesIndex } from '../../support/query/series.js';
import type { Result } from './faults.js';

/** Matchers of values that a label of an engine never has. */
export const unknownValues = (query: Query, index: SeriesIndex): Result[] =>
  query.analysis.selectors.flatMap((selector) =>
    selector.matchers.flatMap((matcher) => faultOf(matcher, selector, query, index) ?? []),
  );

const faultOf = (
  matcher: Matcher,
  selector: Selector,
  query: Query,
  index: SeriesIndex,
): Result | undefined => {
  const { metric = '' } = selector;
  const { label, operator, value } = matcher;
  const { varies } = query.analysis;
  const values = labelValuesOf(metric, label);
  if (!values || value === '' || varies(matcher) || !isOfEngine(selector, query, index))
    return undefined;
  const excludes = operator.startsWith('!');
  const positive = { ...matcher, operator: operator.endsWith('~') ? '=~' : '=' } as const;
  if (values.some((one) => matches(positive, one) !== false)) return undefined;
  return faultAt(query, matcher, {
    fault: 'unknown-value',
    message: `The label '${label}' of ${metric} never has ${operator.endsWith('~') ? 'a value that matches' : 'the value'} '${value}'.`,
    ...(excludes
      ? { severity: 'warning', why: 'The matcher excludes nothing.' }
      : whyAbsent(query, selector)),
    remedy: `Use one of ${values.join(', ')}.`,
    suggestion:
      values.find((one) => one.toLowerCase() === value.toLowerCase()) ??
      suggest(value, [...values]),
  });
};

/** Whether only engines whose metrics are captured expose it. */
const isOfEngine = (selector: Selector, query: Query, index: SeriesIndex): boolean => {
  const { exposing = [], recorded } = index.of(selector, query.analysis.varies) ?? {};
  return (
    selector.metric === 'ALERTS' ||
    (!recorded && exposing.length > 0 && exposing.every(({ catalogue }) => catalogue !== undefined))
  );
};
