import { bucketEdgesOf } from '../../../catalogues/catalogue.js';
import type { FoundFault } from '../../../model/fault.js';
import {
  type Binary,
  bare,
  type Expression,
  selectorsOf,
  spanOf,
  walk,
} from '../../../promql/expression.js';
import { faultAt, type Query } from '../../support/query/query.js';

/** Comparisons of a quantile with more than its maximum, which is the bound of the last bucket. */
export const unreachableQuantiles = (query: Query): FoundFault<'unreachable-quantile'>[] => {
  const { expression } = query.analysis;
  if (!expression || !query.expr.includes('histogram_quantile')) return [];
  return walk(expression)
    .filter((one): one is Binary => one.kind === 'binary')
    .flatMap((comparison) => {
      const last = unreached(comparison);
      return last === undefined
        ? []
        : [
            faultAt(query, spanOf(comparison), {
              fault: 'unreachable-quantile' as const,
              message: `The comparison is never true: the quantile is at most ${last}, where the last bucket ends.`,
              remedy: `Compare with a smaller number, or with '>= ${last}'.`,
            }),
          ];
    });
};

/** The bound of the last bucket, if the comparison needs a quantile above it. */
const unreached = ({ operator, left, right }: Binary): number | undefined => {
  const histogram = histogramOf(left);
  const limit = bare(right);
  if (!histogram || limit.kind !== 'number') return undefined;
  for (const { metric = '' } of selectorsOf(histogram)) {
    const last = bucketEdgesOf(metric.replace(/_bucket$/, ''))?.last[0];
    if (last === undefined) continue;
    const wanted = Number(limit.value);
    if (operator === '>' ? wanted >= last : operator === '>=' && wanted > last) return last;
  }
  return undefined;
};

const histogramOf = (expression: Expression): Expression | undefined => {
  const call = bare(expression);
  return call.kind === 'call' && call.name === 'histogram_quantile'
    ? call.parameters[1]
    : undefined;
};
