import { seconds } from './duration.js';
import type { Expression, Span } from './expression.js';
import type { Report } from './fault.js';
import type { Node } from './tree.js';

/** A suffix that changes the time of an expression's samples. */
export const modifiers = new Set([
  'MatrixSelector',
  'SubqueryExpr',
  'OffsetExpr',
  'StepInvariantExpr',
  'AnchoredExpr',
  'SmoothedExpr',
]);

/** Applies a modifier, by the name of its syntax node, to the expression before it. */
export const modify = (of: Expression, node: Node, text: string, report: Report): Expression => {
  const span = { from: of.from, to: node.to };
  const duration = node.child('DurationExpr');
  switch (node.name) {
    case 'MatrixSelector':
      return range(of, duration!, span, text, report);
    case 'SubqueryExpr': {
      const [length = 0] = node
        .childrenOf('DurationExpr')
        .map((one) => positive(one, text, report));
      return { kind: 'subquery', ...span, of, range: length };
    }
    case 'OffsetExpr':
      offset(node.child('OffsetDurationExpr')!, text, report);
      return shift(of, 'offset', span, report);
    case 'StepInvariantExpr': {
      const time = node.child('NumberDurationLiteral');
      const point = time && seconds(textOf(time, text).replace(/^[+-]\s*/, ''));
      if (time && !(Math.abs(point ?? Number.NaN) < 2 ** 63)) {
        report(time, 'The timestamp is outside the range that Prometheus supports.');
      }
      if (time) endsAt(time, text, report);
      return shift(of, 'at', span, report);
    }
    default:
      report(
        span,
        `'${textOf(node.children.at(-1)!, text)}' is experimental: Prometheus rejects it without a feature flag.`,
      );
      return of;
  }
};

const named = { offset: 'offset', at: '@ modifier' };

const range = (
  of: Expression,
  duration: Node,
  span: Span,
  text: string,
  report: Report,
): Expression => {
  const length = positive(duration, text, report);
  if (of.kind === 'selector' && of.range === undefined) return { ...of, ...span, range: length };
  if (of.kind === 'offset' || of.kind === 'at') {
    report(span, `The range must be before the ${named[of.kind]}.`);
  } else {
    const subquery = `${textOf(of, text)}[${textOf(duration, text)}:]`;
    report(span, 'Only a selector can have a range.', subquery);
  }
  return { kind: 'subquery', ...span, of, range: length };
};

const shift = (of: Expression, kind: 'offset' | 'at', span: Span, report: Report): Expression => {
  let inner = of;
  while (inner.kind === 'offset' || inner.kind === 'at') {
    if (inner.kind === kind) report(span, `The ${named[kind]} is set twice.`);
    inner = inner.of;
  }
  if (inner.kind !== 'selector' && inner.kind !== 'subquery') {
    report(of, `Only a selector or a subquery can have an ${named[kind]}.`);
  }
  return { kind, ...span, of };
};

const offset = (node: Node, text: string, report: Report): void => {
  const [, rest = '', inBrackets] = signed.exec(textOf(node, text))!;
  length(inBrackets ?? rest, node, text, report);
};

const positive = (node: Node, text: string, report: Report): number => {
  const written = textOf(node, text);
  const [, rest = ''] = signed.exec(written)!;
  const value = length(rest, node, text, report);
  if (value !== undefined && (value <= 0 || written.startsWith('-'))) {
    report(node, 'The duration must be greater than zero.');
  }
  return value ?? 0;
};

// A sign can be followed by parentheses.
const signed = /^(?:[+-]\s*)?((?<=[+-]\s*)\((.*)\)|.*)$/s;

/** Reports a number directly followed by a word, which the grammar reads as two tokens. */
export const endsAt = (node: Node, text: string, report: Report): void => {
  const [glued] = /^\w+/.exec(text.slice(node.to)) ?? [];
  if (!glued) return;
  const span = { from: node.from, to: node.to + glued.length };
  report(span, `'${textOf(span, text)}' is neither a number nor a duration.`);
};

const length = (written: string, node: Node, text: string, report: Report): number | undefined => {
  const value = seconds(written.trim());
  endsAt(node, text, report);
  if (value === undefined) {
    report(
      node,
      `Duration expressions such as '${written}' are experimental: Prometheus rejects them without a feature flag.`,
    );
  } else if (value > 2 ** 63 / 1e9) {
    report(node, 'The duration is longer than Prometheus supports.');
  }
  return value;
};

const textOf = ({ from, to }: Span, text: string): string => text.slice(from, to);
