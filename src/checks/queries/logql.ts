import { defineCheck } from '../../model/check.js';
import type { FaultKinds, FoundFault } from '../../model/fault.js';
import { lokiQueriesIn, type PlacedLokiQuery } from '../support/query/loki-query.js';
import { faultAt, oncePerFile } from '../support/query/query.js';
import { listOf } from '../support/untyped.js';

const faults = {
  'invalid-query': {
    what: 'Loki cannot parse this query, or rejects it.',
    why: 'The panel shows an error.',
    example: '{namespace="shop"} | unwrap duration',
    fix: 'Correct the query.',
  },
  'wrong-result': {
    what: 'The panel cannot show what the query returns.',
    why: 'The panel shows that data is missing.',
    example: '{namespace="shop"} |= "error"',
    fix: 'Show lines in a panel of the type logs, and numbers of lines, such as sum(count_over_time({…}[$__auto])), in a chart.',
  },
} satisfies FaultKinds;

type Result = FoundFault<keyof typeof faults>;

const check = defineCheck({
  faults,
  summary:
    'Every query of a dashboard to Loki is LogQL that Loki 3.7 accepts: syntax, functions and their parameters, regular expressions and patterns, and a selector that does not select all streams. Every variable of a dashboard is defined. A panel of lines queries lines, and a chart queries numbers. The columns in findings are those of the query.',
  run: (input) =>
    oncePerFile(lokiQueriesIn(input), (query) => {
      const invalid = invalidIn(query);
      return invalid.length > 0 ? invalid : wrongResult(query);
    }),
});

export default check;

/** The faults of a query, also of one that no environment has. */
export const invalidIn = (query: PlacedLokiQuery): Result[] =>
  query.analysis.faults.map(
    ({ from, to, message, suggestion, harmless }): Result => ({
      fault: 'invalid-query',
      place: query.placeOf(from),
      value: query.expr.slice(from, to) || query.expr,
      message,
      ...(harmless && query.imported && { severity: 'warning' }),
      ...(suggestion !== undefined && { suggestion }),
    }),
  );

/** Panels that show only one kind of result, by the kind that they do not show. */
const shownNowhere: Readonly<Record<string, readonly unknown[]>> = {
  lines: ['timeseries', 'graph', 'barchart', 'heatmap'],
  series: ['logs'],
};

const wrongResult = (query: PlacedLokiQuery): Result[] => {
  const { panel, analysis, expr } = query;
  const { kind } = analysis;
  // A transformation can count lines.
  if (!kind || !panel || listOf(panel.transformations).length > 0) return [];
  if (!shownNowhere[kind]?.includes(panel.type)) return [];
  const span = { from: 0, to: expr.length };
  return [
    faultAt(query, span, {
      fault: 'wrong-result',
      message: `The query returns ${kind === 'lines' ? 'lines' : 'numbers'}, which a panel of the type '${panel.type}' cannot show.`,
    }),
  ];
};
