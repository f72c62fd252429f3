import { analyse } from '../../logql/analyse.js';
import { defineCheck } from '../../model/check.js';
import type { FaultKinds, FoundFault } from '../../model/fault.js';
import { faultAt, type Query, queriesIn } from '../support/query/query.js';

const faults = {
  'invalid-expression': {
    what: 'Prometheus cannot parse this expression, or rejects it.',
    why: 'Prometheus does not load the rule file, or the panel shows an error.',
    example: 'sum by (pod (up)',
    fix: 'Correct the expression.',
  },
  'wrong-result-type': {
    what: 'The result is a string or a range vector, which cannot be used here.',
    why: 'Prometheus does not load the rule file, or the panel shows an error.',
    example: 'expr: up[5m]',
    fix: 'Use an expression that returns an instant vector or a scalar.',
  },
} satisfies FaultKinds;

type Result = FoundFault<keyof typeof faults>;

const check = defineCheck({
  faults,
  summary:
    'Every expression of rules, dashboards and runbooks is PromQL that Prometheus accepts without experimental features: syntax, types, parameters, durations, regular expressions. Every variable of a dashboard is defined. The columns in findings are those of the expression.',
  run: (input) => queriesIn(input).flatMap(invalidIn),
});

export default check;

/** Whether a rule of others is LogQL, and no PromQL. */
const isOfLogs = ({ rule, imported, expr, analysis }: Query): boolean =>
  rule !== undefined && imported && analysis.faults.length > 0 && analyse(expr).faults.length === 0;

/** The faults of an expression, also of one that no environment has. */
export const invalidIn = (query: Query): Result[] => {
  const { type } = query.analysis;
  if (isOfLogs(query)) {
    const file = query.placeOf().file ?? '';
    const name = file.replace(/^.*\//, '').replace(/\.ya?ml$/, '');
    return [
      {
        fault: 'invalid-expression',
        place: query.placeOf(),
        value: query.expr,
        message: 'The expression is LogQL, which Prometheus does not evaluate.',
        remedy: `Put rules in LogQL into a file of their own, ${name || 'NAME'}.logql.yaml, which the ruler of Loki evaluates.`,
      },
    ];
  }
  const found = query.analysis.faults.map(
    ({ from, to, message, suggestion, harmless }): Result => ({
      fault: 'invalid-expression',
      place: query.placeOf(from),
      value: query.expr.slice(from, to) || query.expr,
      message,
      // Grafana sends the name of the variable, and the panel shows nothing.
      ...(harmless && query.imported && { severity: 'warning' }),
      ...(suggestion !== undefined && { suggestion }),
    }),
  );
  if (found.length > 0 || type === undefined) return found;
  if (type === 'string' || (type === 'range vector' && !query.takesRange)) {
    const span = { from: 0, to: query.expr.length };
    return [
      faultAt(query, span, {
        fault: 'wrong-result-type',
        message: `The result is a ${type}, which cannot be used here.`,
      }),
    ];
  }
  return [];
};
