import { type Span, spanOf } from '../promql/expression.js';
import type { Report } from '../promql/fault.js';
import type { Node } from '../promql/tree.js';
import { grouped, ofCount, ofEither, ofLines, ofNumbers } from './function.js';
import { nameAt, stringValue } from './text.js';

// What the grammar accepts and Loki rejects:
// https://github.com/grafana/loki/blob/v3.7.6/pkg/logql/syntax/ast.go

/** Reports a function of a range that does not fit what it gets. */
export const rangeFunction = (node: Node, text: string, report: Report): void => {
  const name = nameAt(node.child('RangeOp')!, text);
  const at = spanOf(node.child('RangeOp')!);
  const parameter = node.child('Number');
  const isQuantile = name === 'quantile_over_time';
  if (isQuantile && !parameter) {
    report(at, `${name} needs a number before the range, such as 0.99.`);
  } else if (!isQuantile && parameter) {
    report(parameter, `${name} has no number as a parameter.`);
  }
  const grouping = node.child('Grouping');
  if (grouping && !grouped.includes(name)) {
    report(grouping, `${name} allows neither 'by' nor 'without': use sum by (…) (${name}(…)).`);
  }
  const unwraps = hasUnwrap(node.child('LogRangeExpr')!);
  if (unwraps && ofLines.includes(name)) {
    report(at, `${name} counts lines, and cannot use the number of 'unwrap'.`);
  } else if (!unwraps && ofNumbers.includes(name) && !ofEither.includes(name)) {
    report(at, `${name} needs a number of the lines: | unwrap <label>.`);
  }
};

const hasUnwrap = (node: Node): boolean =>
  node.children.some(({ name }) => name === 'UnwrapExpr') ||
  node.childrenOf('LogRangeExpr').some(hasUnwrap);

/** Reports a wrong parameter or grouping of an aggregation. */
export const aggregation = (node: Node, text: string, report: Report): void => {
  const operator = node.child('VectorOp')!;
  const name = nameAt(operator, text);
  const parameter = node.child('Number');
  const grouping = node.child('Grouping');
  if (!ofCount.includes(name)) {
    if (parameter) report(parameter, `${name} has no number as a parameter.`);
  } else if (!parameter) {
    report(operator, `${name} needs a number, such as ${name}(10, …).`);
  } else if (!/^[1-9]\d*$/.test(text.slice(parameter.from, parameter.to))) {
    report(parameter, `The number of ${name} must be a whole number above 0.`);
  }
  const isGrouped = (grouping?.child('Labels')?.children.length ?? 0) > 0;
  if (name.startsWith('sort') && grouping && isGrouped) {
    report(grouping, `${name} allows neither 'by' nor 'without'.`);
  }
  if (name === 'approx_topk' && grouping) {
    report(grouping, `${name} allows neither 'by' nor 'without'.`);
  }
};

const ofSets = ['And', 'Or', 'Unless'];

/** Reports lines as an operand, and a number as an operand of an operator of sets. */
export const operation = (node: Node, report: Report): void => {
  const operator = node.children.find(({ name }) => name !== 'Expr');
  for (const operand of node.childrenOf('Expr')) {
    const [inner] = operand.children;
    if (inner?.name === 'LogExpr') {
      report(inner, 'This is a query for lines, with which Loki cannot calculate.');
    }
    const isNumber = inner?.children[0]?.name === 'LiteralExpr';
    if (isNumber && operator && ofSets.includes(operator.name)) {
      report(inner!, `A number cannot be an operand of '${operator.name.toLowerCase()}'.`);
    }
  }
};

/** Reports a label that one `label_format` sets twice. */
export const labelFormat = (node: Node, text: string, report: Report): void => {
  const names = new Set<string>();
  for (const one of descendants(node, 'LabelFormatMatcher')) {
    const target: Span = one.children[0]!;
    const name = text.slice(target.from, target.to);
    if (name === '__error__') report(target, 'Loki sets this label itself.');
    else if (names.has(name)) report(target, `The label '${name}' is set twice.`);
    names.add(name);
  }
};

const reserved = ['and', 'or', 'unless', 'by', 'without', 'of', 'variants'];

/** Reports the name of a label that is a word of LogQL. */
export const labelName = (node: Span, text: string, report: Report): void => {
  const name = text.slice(node.from, node.to);
  if (!reserved.includes(name.toLowerCase())) return;
  report(node, `'${name}' is a word of LogQL, which Loki does not read as the name of a label.`);
};

/** Reports a range with spaces. */
export const range = (node: Span, text: string, report: Report): void => {
  if (/\s/.test(text.slice(node.from, node.to))) report(node, 'A range has no spaces: [5m].');
};

/** Reports an address that is none, or no range of addresses. */
export const address = (literal: Node, text: string, report: Report): void => {
  const value = stringValue(literal, text, report);
  if (!isAddresses(value)) report(literal, 'This is no IP address, CIDR or range of addresses.');
};

const isAddresses = (value: string): boolean => {
  const [first, last, ...more] = value.split(/\s*-\s*/);
  if (more.length > 0) return false;
  if (last !== undefined) return isAddress(first!) && isAddress(last);
  const [ip, bits, ...rest] = first!.split('/');
  return rest.length === 0 && isAddress(ip!) && (bits === undefined || /^\d{1,3}$/.test(bits));
};

const isAddress = (text: string): boolean =>
  /^\d{1,3}(?:\.\d{1,3}){3}$/.test(text) || (/^[\da-f:.]+$/i.test(text) && text.includes(':'));

/** All nodes of a name below a node. */
export const descendants = (node: Node, name: string): Node[] =>
  node.children.flatMap((one) => [...(one.name === name ? [one] : []), ...descendants(one, name)]);
