import { type CheckInput, defineCheck } from '../../model/check.js';
import { connectionsFor } from '../../model/connection.js';
import type { FaultKinds, FoundFault } from '../../model/fault.js';
import { ownValue } from '../../model/own-value.js';
import { suggest } from '../../model/suggestion.js';
import { matches } from '../../promql/selector.js';
import { filesOfKind } from '../support/file.js';
import {
  type LogRule,
  logRulesIn,
  lokiQueriesIn,
  type PlacedLokiQuery,
} from '../support/query/loki-query.js';
import { faultAt, oncePerFile } from '../support/query/query.js';
import { listOf, textsOf } from '../support/untyped.js';

const faults = {
  'invalid-query': {
    what: 'Loki cannot parse this query, or rejects it.',
    why: 'The panel shows an error.',
    example: '{namespace="shop"} | unwrap duration',
    fix: 'Correct the query.',
  },
  'wrong-result': {
    what: 'The panel, or the alert, cannot have what the query returns.',
    why: 'The panel shows that data is missing, and Loki does not load the alert.',
    example: '{namespace="shop"} |= "error"',
    fix: 'Show lines in a panel of the type logs, and numbers of lines, such as sum(count_over_time({…}[$__auto])), in a chart.',
  },
  'unknown-label': {
    what: 'The streams of the store have no label of this name.',
    why: 'The selector finds nothing, unless something else than the stack sends lines with this label.',
    example: '{namespace="shop"}',
    fix: 'Use a label of the streams (loki.labels), or a filter after the selector: {k8s_namespace_name="shop"} | level="error".',
    severity: 'warning',
  },
} satisfies FaultKinds;

type Result = FoundFault<keyof typeof faults>;

const check = defineCheck({
  faults,
  summary:
    'Every query of a dashboard to Loki, and every alert in a file NAME.logql.yaml, is LogQL that Loki 3.7 accepts: syntax, functions and their parameters, regular expressions and patterns, and a selector that does not select all streams. Every variable of a dashboard is defined. A panel of lines queries lines, and a chart queries numbers. Selectors use labels that the streams of the Loki of the stack have. The columns in findings are those of the query.',
  run: (input) => {
    const labels = streamLabels(input);
    const queries = lokiQueriesIn(input);
    const valid = queries.filter(({ analysis }) => analysis.faults.length === 0);
    return [
      ...queries.flatMap(invalidIn),
      ...oncePerFile(
        valid,
        (query) => [...wrongResult(query), ...unknownLabel(query, labels)],
        // Each label is a cause of its own.
        ({ fault, message }) => (fault === 'unknown-label' ? `${message}` : fault),
      ),
      ...logRulesIn(input).flatMap((rule) => [
        ...invalidIn(rule),
        ...linesOf(rule),
        ...unknownLabel(rule, labels),
      ]),
    ];
  },
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

const linesOf = (rule: LogRule): Result[] => {
  if (rule.analysis.kind !== 'lines') return [];
  const message = 'The expression returns lines, of which no alert can be made.';
  const remedy = 'Count the lines, such as sum(count_over_time({…}[5m])) > 0.';
  return [
    faultAt(rule, { from: 0, to: rule.expr.length }, { fault: 'wrong-result', remedy, message }),
  ];
};

/** Labels that Loki itself gives to streams. */
const ofLoki = ['service_name'];

/** The labels of the streams of the stack's own Loki; undefined if Grafana queries another one. */
const streamLabels = (input: CheckInput): readonly string[] | undefined => {
  const stores = connectionsFor(input.connections, 'logql');
  if (stores.length === 0 || stores.some(({ provider }) => !provider.own)) return undefined;
  const files = filesOfKind(input, 'loki-config');
  if (files.length === 0) return undefined;
  const attributes = files.flatMap(({ value }) =>
    listOf(value.limits_config?.otlp_config?.resource_attributes?.attributes_config)
      .filter(({ action }) => action === 'index_label')
      .flatMap((one) => textsOf(listOf(one.attributes))),
  );
  return [...new Set([...ofLoki, ...attributes.map(labelOf)])];
};

/** The label that Loki makes of an attribute. */
const labelOf = (attribute: string): string => attribute.replace(/[^A-Za-z0-9_]/g, '_');

/** Labels of other collectors, by what they are called in OpenTelemetry. */
const meant: Readonly<Record<string, string>> = {
  app: 'service_name',
  namespace: 'k8s_namespace_name',
  pod: 'k8s_pod_name',
  container: 'k8s_container_name',
};

const unknownLabel = (query: PlacedLokiQuery, labels: readonly string[] | undefined): Result[] => {
  const { analysis } = query;
  if (!labels) return [];
  return (
    analysis.selectors
      .flatMap(({ matchers }) => matchers)
      // One that matches an empty value also finds streams without the label.
      .filter((one) => !labels.includes(one.label) && matches(one, '') !== true)
      .filter(({ from }) => !analysis.varies({ from, to: from + 1 }))
      .map((one) => {
        const known = ownValue(meant, one.label);
        return faultAt(query, one, {
          fault: 'unknown-label',
          message: `The streams of the store have no label '${one.label}'.`,
          remedy: `Use one of ${labels.join(', ')}, or filter by it after the selector.`,
          suggestion: known && labels.includes(known) ? known : suggest(one.label, labels),
        });
      })
  );
};
