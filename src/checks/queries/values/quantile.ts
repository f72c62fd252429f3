import { type Expression, walk } from '../../../promql/expression.js';
import { faultAt, type Query } from '../../support/query/query.js';
import type { Result } from './faults.js';

const functions: readonly string[] = ['histogram_quantile', 'quantile_over_time'];

/**
 * Quantiles for which Prometheus returns infinity:
 * https://github.com/prometheus/prometheus/blob/v3.14.0/promql/quantile.go
 */
export const wrongQuantiles = (query: Query): Result[] => {
  const { expression, varies, originOf } = query.analysis;
  return (expression ? walk(expression) : []).flatMap((one): Result[] => {
    const takesIt =
      (one.kind === 'call' && functions.includes(one.name)) ||
      (one.kind === 'aggregation' && one.operator === 'quantile');
    const quantile = takesIt ? numberIn(one.parameters[0]) : undefined;
    if (!quantile) return [];
    const value = Number(quantile.value);
    if (!(value > 1)) return [];
    const share = value <= 100 ? `${Number((value / 100).toPrecision(6))}` : undefined;
    // Grafana and the user choose the values of variables.
    if (varies(quantile)) {
      return [
        faultAt(query, quantile, {
          fault: 'quantile-out-of-range',
          severity: 'warning',
          message: `The variable has the value ${value}, which is not between 0 and 1: the result is then infinite.`,
          remedy: `Use shares as its values${share ? `, such as ${share}` : ''}.`,
        }),
      ];
    }
    return [
      faultAt(query, quantile, {
        fault: 'quantile-out-of-range',
        message: `The quantile ${query.expr.slice(originOf(quantile.from), originOf(quantile.to))} is not between 0 and 1.`,
        suggestion: share,
      }),
    ];
  });
};

const numberIn = (expression: Expression | undefined) => {
  let inner = expression;
  while (inner?.kind === 'parentheses') inner = inner.of;
  return inner?.kind === 'number' ? inner : undefined;
};
