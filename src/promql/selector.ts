import { type Matcher, type Selector, type Span, spanOf } from './expression.js';
import type { Report } from './fault.js';
import { anchored, regexFault } from './regex.js';
import { stringAt } from './string.js';
import { type Node, nodesOf } from './syntax.js';

const nameLabel = '__name__';

/** Reads a selector; reports what Prometheus does not take in it. */
export const buildSelector = (node: Node, text: string, report: Report): Selector => {
  const identifier = node.getChild('Identifier');
  const list = node.getChild('LabelMatchers');
  const matchers = (list ? nodesOf(list) : []).map((one) => matcher(one, text, report));
  const names = matchers.filter(({ label }) => label === nameLabel);
  const named = names.find(({ operator }) => operator === '=');
  const first = identifier ? { ...spanOf(identifier), value: textOf(identifier, text) } : named;
  const twice = identifier && names[0];
  if (twice) report(twice, `The metric has a name already: '${first?.value}'.`);
  if (!identifier && matchers.every(({ matchesEmpty }) => matchesEmpty)) {
    report(
      node,
      'The selector takes every series: one matcher at least must not match the empty string.',
    );
  }
  return {
    kind: 'selector',
    ...spanOf(node),
    ...(first && { metric: first.value, metricSpan: spanOf(first) }),
    matchers: matchers.filter((one) => one !== first).map(({ matchesEmpty: _, ...one }) => one),
  };
};

/** Whether a value passes a matcher; unknown where the matcher cannot be run here. */
export const matches = ({ operator, value }: Matcher, candidate: string): boolean | undefined => {
  const pattern = operator.endsWith('~') ? anchored(value) : undefined;
  if (operator.endsWith('~') && !pattern) return undefined;
  const equal = pattern ? pattern.test(candidate) : value === candidate;
  return operator.startsWith('!') ? !equal : equal;
};

interface Read extends Matcher {
  readonly matchesEmpty: boolean;
}

const matcher = (node: Node, text: string, report: Report): Read => {
  const literal = node.getChild('StringLiteral');
  const quoted = node.name === 'QuotedLabelName' ? node : node.getChild('QuotedLabelName');
  const label = quoted
    ? stringAt(quoted.firstChild!, text, report)
    : textOf(node.firstChild!, text);
  // A name alone in quotes is the metric's.
  if (node.name === 'QuotedLabelName') {
    const span = spanOf(node);
    return { ...span, label: nameLabel, operator: '=', value: label, matchesEmpty: label === '' };
  }
  const operator = textOf(node.getChild('MatchOp')!, text) as Matcher['operator'];
  const value = stringAt(literal!, text, report);
  const fault = operator.endsWith('~') ? regexFault(value) : undefined;
  if (fault) report(literal!, `The regular expression is at fault: ${fault}.`);
  const read: Matcher = { ...spanOf(node), label, operator, value };
  return { ...read, matchesEmpty: matches(read, '') ?? false };
};

const textOf = ({ from, to }: Span, text: string): string => text.slice(from, to);
