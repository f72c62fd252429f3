import { bucketBoundsOf } from '../../../catalogues/catalogue.js';
import { type Binary, bare, type Expression, walk } from '../../../promql/expression.js';
import { faultAt, type Query } from '../../support/query/query.js';
import type { SeriesIndex } from '../../support/query/series.js';
import type { Result } from './faults.js';

/**
 * Comparisons of a quantile with more than the highest bound of its histogram: beyond that bound, Prometheus returns the
 * bound. https://prometheus.io/docs/prometheus/latest/querying/functions/#histogram_quantile
 */
export const beyondBounds = (query: Query, index: SeriesIndex): Result[] => {
  const { expression, varies } = query.analysis;
  return (expression ? walk(expression) : []).flatMap((one): Result[] => {
    if (one.kind !== 'binary' || one.bool || varies(one)) return [];
    const found = comparisonOf(one);
    const highest = found && highestBound(found.quantile, query, index);
    if (!found || highest === undefined) return [];
    const isReached = found.operator === '>=' ? found.limit <= highest : found.limit < highest;
    if (isReached) return [];
    return [
      faultAt(query, one, {
        fault: 'beyond-buckets',
        message: `The highest finite bound of the histogram is ${highest}, and no quantile is above it: it is never ${found.operator} ${found.limit}.`,
        remedy: `Compare with less than ${highest}, in the unit of the histogram.`,
      }),
    ];
  });
};

interface Comparison {
  readonly quantile: Expression;
  readonly operator: '>' | '>=';
  readonly limit: number;
}

const swapped: Readonly<Record<string, Comparison['operator']>> = { '<': '>', '<=': '>=' };
const straight: Readonly<Record<string, Comparison['operator']>> = { '>': '>', '>=': '>=' };

const comparisonOf = ({ left, right, operator }: Binary): Comparison | undefined => {
  const [first, second] = [left, right].map(bare);
  const [number, quantile, above] =
    second?.kind === 'number'
      ? [second, first, straight[operator]]
      : [first, second, swapped[operator]];
  if (number?.kind !== 'number' || above === undefined) return undefined;
  return quantile?.kind === 'call' && quantile.name === 'histogram_quantile'
    ? { quantile, operator: above, limit: Number(number.value) }
    : undefined;
};

/** The highest finite bound of the buckets in an expression; undefined if one of them is unknown. */
const highestBound = (
  expression: Expression,
  { analysis }: Query,
  index: SeriesIndex,
): number | undefined => {
  const selectors = walk(expression).filter((one) => one.kind === 'selector');
  const highest = selectors.flatMap((selector): (number | undefined)[] => {
    const family = /^(.+)_bucket$/.exec(selector.metric ?? '')?.[1];
    const exposing = index.of(selector, analysis.varies)?.exposing ?? [];
    if (family === undefined || exposing.length === 0) return [undefined];
    return exposing.map(({ catalogue }) =>
      catalogue ? bucketBoundsOf(catalogue, family)?.at(-1) : undefined,
    );
  });
  return highest.length === 0 || highest.some((one) => one === undefined)
    ? undefined
    : Math.max(...(highest as number[]));
};
