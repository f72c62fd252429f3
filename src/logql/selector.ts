import { type Matcher, type Span, spanOf } from '../promql/expression.js';
import type { Report } from '../promql/fault.js';
import { matches } from '../promql/selector.js';
import type { Node } from '../promql/tree.js';
import { regex } from './pattern.js';
import { descendants, labelName } from './rules.js';
import { stringValue } from './text.js';

/** The streams of a query. */
export interface StreamSelector extends Span {
  readonly matchers: readonly Matcher[];
}

/** Reads a matcher of a selector, or one that filters labels. */
export const matcherOf = (node: Node, text: string, report: Report): Matcher => {
  const [label, operator, literal] = node.children as [Node, Node, Node];
  labelName(label, text, report);
  const sign = text.slice(operator.from, operator.to) as Matcher['operator'];
  if (sign.endsWith('~')) regex(literal, text, report);
  const value = stringValue(literal, text, report);
  return { ...spanOf(node), label: text.slice(label.from, label.to), operator: sign, value };
};

/** Reads a selector; reports one that selects all streams, which Loki rejects. */
export const selectorOf = (node: Node, text: string, report: Report): StreamSelector => {
  const matchers = descendants(node, 'Matcher').map((one) => matcherOf(one, text, report));
  if (matchers.every((one) => matches(one, '') === true)) {
    report(
      node,
      'The selector matches all streams: Loki requires a matcher that does not match an empty value, such as namespace=~".+".',
    );
  }
  return { ...spanOf(node), matchers };
};
