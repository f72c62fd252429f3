import { memoize, memoizeText } from '../model/memoize.js';
import { suggest } from '../model/suggestion.js';
import type { Span } from '../promql/expression.js';
import type { Fault, Report } from '../promql/fault.js';
import type { Node } from '../promql/tree.js';
import { anyValue, expand, isQuoted } from '../promql/variables.js';
import { labelsOf } from './labels.js';
import { capturing, filtering, parsed, regex } from './pattern.js';
import {
  address,
  aggregation,
  descendants,
  labelFormat,
  labelName,
  operation,
  range,
  rangeFunction,
} from './rules.js';
import { matcherOf, type StreamSelector, selectorOf } from './selector.js';
import { parseSyntax } from './syntax.js';
import { isInTemplate, template } from './template.js';
import { stringValue } from './text.js';

/** A parsed query, and the faults for which Loki would reject it. */
export interface Analysis {
  /** With places in the original text. */
  readonly faults: readonly Fault[];
  /** Whether it returns lines, or series. @default - the syntax is invalid */
  readonly kind?: 'lines' | 'series';
  readonly selectors: readonly StreamSelector[];
  /** The labels of its series. @default - they depend on the lines */
  readonly labels?: readonly string[];
  /** Whether the value of a variable is at this place. */
  readonly varies: (span: Span) => boolean;
  /** The place in the original text of an offset of the query. */
  readonly originOf: (offset: number) => number;
}

/**
 * Parses and checks a query as Loki does. It may contain Grafana's variables, and the dashboard's variables, with
 * the given values.
 */
export const analyse = (
  text: string,
  variables: Readonly<Record<string, string>> = none,
): Analysis => ofDashboard(variables)(text);

const none: Readonly<Record<string, string>> = {};

const ofDashboard = memoize((variables: Readonly<Record<string, string>>) =>
  memoizeText((text) => read(text, variables)),
);

/** The variables that only queries to Loki have. */
const ofLoki = { __auto: '1m' };

const read = (text: string, variables: Readonly<Record<string, string>>): Analysis => {
  const { text: expanded, unknown, replaced, originOf } = expand(text, variables, ofLoki);
  const varies: Analysis['varies'] = ({ from, to }) =>
    replaced.some((one) => one.from < to && from < one.to);
  const missing = unknown.filter(({ from, quoted }) => !quoted || !isInTemplate(text, from));
  const faults = missing.map(({ name, quoted, ...span }): Fault => {
    const suggestion =
      name === '__rate_interval' ? '__auto' : suggest(name, Object.keys(variables));
    const message = `Unknown dashboard variable '${name}'.`;
    return { ...span, message, suggestion, ...(quoted && { harmless: true }) };
  });
  const report: Report = (span, message, suggestion) => {
    const [from, to] = [originOf(span.from), originOf(span.to)];
    const isKnown = faults.some((one) => one.from === from && one.message === message);
    if (!isKnown) faults.push({ from, to, message, suggestion });
  };
  // A variable outside strings and ranges can have any part of a query as its value.
  const isOpen = replaced.some(
    ({ name, from }) =>
      (variables[name] === anyValue || variables[name] === '') &&
      !isQuoted(expanded, from) &&
      !/\[\s*$/.test(expanded.slice(0, from)),
  );
  const root = parseSyntax(expanded, isOpen || missing.length > 0 ? () => {} : report);
  const selectors = root ? visit(root, expanded, report) : [];
  return {
    faults,
    ...(root && { kind: root.children[0]?.name === 'LogExpr' ? 'lines' : 'series' }),
    selectors,
    ...(root && { labels: labelsOf(root, expanded) }),
    varies,
    originOf,
  };
};

/** Reports what the grammar accepts and Loki rejects; returns the selectors. */
const visit = (node: Node, text: string, report: Report): StreamSelector[] => {
  const inner = (): StreamSelector[] => node.children.flatMap((one) => visit(one, text, report));
  switch (node.name) {
    case 'Selector':
      return [selectorOf(node, text, report)];
    case 'Matcher':
      matcherOf(node, text, report);
      return [];
    case 'LineFilter':
    case 'LineFilters':
      lineFilter(node, text, report);
      return inner();
    case 'LabelParser':
      if (node.child('Regexp')) capturing(node.child('String')!, text, report);
      if (node.child('Pattern')) parsed(node.child('String')!, text, report);
      return [];
    case 'LineFormatExpr':
      template(node.child('String')!, text, report);
      return [];
    case 'LabelFormatExpr':
      labelFormat(node, text, report);
      for (const one of descendants(node, 'String')) template(one, text, report);
      return [];
    case 'IpLabelFilter':
      address(node.child('String')!, text, report);
      return [];
    case 'LabelReplaceExpr':
      regex(node.childrenOf('String').at(-1)!, text, report);
      return inner();
    case 'RangeAggregationExpr':
      rangeFunction(node, text, report);
      return inner();
    case 'VectorAggregationExpr':
      aggregation(node, text, report);
      return inner();
    case 'BinOpExpr':
      operation(node, report);
      return inner();
    case 'Identifier':
      labelName(node, text, report);
      return [];
    case 'Range':
      range(node, text, report);
      return [];
    case 'String':
      stringValue(node, text, report);
      return [];
    default:
      return inner();
  }
};

const lineFilter = (node: Node, text: string, report: Report): void => {
  const filter = node.child('Filter');
  const literal = node.child('String');
  if (!filter || !literal) return;
  const kind = filter.children[0]?.name ?? '';
  if (node.child('FilterOp')) {
    if (!['PipeExact', 'Neq'].includes(kind) && !node.child('Or'))
      report(filter, 'Before ip(…), use |= or !=.');
    address(literal, text, report);
    return;
  }
  const all = [
    literal,
    ...descendants(node, 'OrFilter').flatMap((one) => one.childrenOf('String')),
  ];
  if (['PipeMatch', 'Nre'].includes(kind)) for (const one of all) regex(one, text, report);
  if (['PipePattern', 'Npa'].includes(kind)) for (const one of all) filtering(one, text, report);
};
