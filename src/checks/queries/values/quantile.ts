import { type Expression, type Literal, walk } from '../../../promql/expression.js';
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
    const quantile = takesIt
      ? numberIn(one.parameters[0], ({ from }) => query.expr[originOf(from)] === '-')
      : undefined;
    if (!quantile) return [];
    const value = Number(quantile.value);
    if (quantile.isNegative ? value === 0 : !(value > 1)) return [];
    if (quantile.isNegative) {
      return [
        faultAt(query, quantile, {
          fault: 'quantile-out-of-range',
          severity: 'warning',
          message: `The quantile -${quantile.value} is not between 0 and 1: the result is always -Inf.`,
        }),
      ];
    }
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

/** The number in an expression, and whether a minus is before it. */
const numberIn = (
  expression: Expression | undefined,
  isMinus: (sign: Expression) => boolean,
  isNegative = false,
): (Literal & { readonly isNegative: boolean }) | undefined => {
  if (expression?.kind === 'parentheses') return numberIn(expression.of, isMinus, isNegative);
  if (expression?.kind === 'sign') {
    return numberIn(expression.of, isMinus, isMinus(expression) !== isNegative);
  }
  return expression?.kind === 'number' ? { ...(expression as Literal), isNegative } : undefined;
};
