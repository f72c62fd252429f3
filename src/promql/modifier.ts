import { seconds } from './duration.js';
import type { Expression, Span } from './expression.js';
import type { Report } from './fault.js';
import type { Node } from './syntax.js';

/** What follows an expression and changes of when its samples are. */
export const modifiers = new Set([
  'MatrixSelector',
  'SubqueryExpr',
  'OffsetExpr',
  'StepInvariantExpr',
  'AnchoredExpr',
  'SmoothedExpr',
]);

/** Puts a modifier, as the grammar's node names it, around the expression before it. */
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
        report(time, 'This is no point in time that Prometheus can tell.');
      }
      if (time) endsAt(time, text, report);
      return shift(of, 'at', span, report);
    }
    default:
      report(
        span,
        `Prometheus takes '${textOf(node.children.at(-1)!, text)}' only as an experiment.`,
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
    report(span, `The ${named[of.kind]} has to follow the range.`);
  } else {
    const subquery = `${textOf(of, text)}[${textOf(duration, text)}:]`;
    report(span, 'Only a selector may have a range.', subquery);
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
    report(of, `Only a selector and a subquery may have an ${named[kind]}.`);
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
    report(node, 'The duration has to be greater than zero.');
  }
  return value ?? 0;
};

// After a sign there may be brackets.
const signed = /^(?:[+-]\s*)?((?<=[+-]\s*)\((.*)\)|.*)$/s;

/** Reports a number that runs into a word, where the grammar sees two things. */
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
    report(node, `Prometheus calculates durations such as '${written}' only as an experiment.`);
  } else if (value > 2 ** 63 / 1e9) {
    report(node, 'The duration is longer than Prometheus can tell.');
  }
  return value;
};

const textOf = ({ from, to }: Span, text: string): string => text.slice(from, to);
