import { type Matcher, type Selector, type Span, spanOf } from './expression.js';
import type { Report } from './fault.js';
import { anchored, regexFault } from './regex.js';
import { stringAt } from './string.js';
import type { Node } from './tree.js';

const nameLabel = '__name__';

/** Reads a selector; reports what Prometheus rejects in it. */
export const buildSelector = (node: Node, text: string, report: Report): Selector => {
  const identifier = node.child('Identifier');
  const list = node.child('LabelMatchers');
  const matchers = (list?.children ?? []).map((one) => matcher(one, text, report));
  const names = matchers.filter(({ label }) => label === nameLabel);
  const named = names.find(({ operator }) => operator === '=');
  const first = identifier ? { ...spanOf(identifier), value: textOf(identifier, text) } : named;
  const twice = identifier && names[0];
  if (twice) report(twice, `The metric name is set twice: it is already '${first?.value}'.`);
  if (!identifier && matchers.every((one) => matches(one, ''))) {
    report(
      node,
      'The selector matches all series: at least one matcher must not match the empty string.',
    );
  }
  return {
    kind: 'selector',
    ...spanOf(node),
    ...(first && { metric: first.value, metricSpan: spanOf(first) }),
    matchers: matchers.filter((one) => one !== first),
  };
};

/** Whether a value passes a matcher; undefined if its regular expression has no JavaScript equivalent. */
export const matches = (
  { operator, value }: Pick<Matcher, 'operator' | 'value'>,
  candidate: string,
): boolean | undefined => {
  const pattern = operator.endsWith('~') ? anchored(value) : undefined;
  if (operator.endsWith('~') && !pattern) return undefined;
  const equal = pattern ? pattern.test(candidate) : value === candidate;
  return operator.startsWith('!') ? !equal : equal;
};

const matcher = (node: Node, text: string, report: Report): Matcher => {
  const literal = node.child('StringLiteral');
  const quoted = node.name === 'QuotedLabelName' ? node : node.child('QuotedLabelName');
  const label = quoted
    ? stringAt(quoted.children[0]!, text, report)
    : textOf(node.children[0]!, text);
  // A quoted name without an operator is the metric name.
  if (node.name === 'QuotedLabelName') {
    const span = spanOf(node);
    return { ...span, label: nameLabel, operator: '=', value: label };
  }
  const operator = textOf(node.child('MatchOp')!, text) as Matcher['operator'];
  const value = stringAt(literal!, text, report);
  const fault = operator.endsWith('~') ? regexFault(value) : undefined;
  if (fault) report(literal!, `Invalid regular expression: ${fault}.`);
  return { ...spanOf(node), label, operator, value };
};

const textOf = ({ from, to }: Span, text: string): string => text.slice(from, to);
