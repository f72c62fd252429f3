import type { Check } from '../model/check.js';
import { findingAt, queriesIn } from './query/query.js';

const check: Check = {
  summary:
    'Every expression of rules and dashboards is PromQL that Prometheus takes, without its experimental features: syntax, types, parameters, durations, regular expressions, and every variable of a dashboard is defined in it. The columns in findings are those of the expression.',
  run: (input) =>
    queriesIn(input).flatMap((query) => {
      const { faults, type } = query.analysis;
      const found = faults.map(({ from, to, message, suggestion }) => ({
        severity: 'error' as const,
        place: query.placeOf(from),
        value: query.expr.slice(from, to) || query.expr,
        message,
        remedy: 'Correct the expression.',
        ...(suggestion !== undefined && { suggestion }),
      }));
      if (found.length > 0 || type === undefined) return found;
      if (type === 'string' || (type === 'range vector' && !query.takesRange)) {
        const span = { from: 0, to: query.expr.length };
        return [
          findingAt(query, span, {
            severity: 'error',
            message: `The result is a ${type}, of which nothing can be made here.`,
            remedy: 'Ask for an instant vector or a scalar.',
          }),
        ];
      }
      return [];
    }),
};

export default check;
