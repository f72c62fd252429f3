import { parser } from '@prometheus-io/lezer-promql';
import { suggest } from '../model/suggestion.js';
import type { Span } from './expression.js';
import type { Fault, Report } from './fault.js';
import { aggregations, functions } from './function.js';

/** A node of the syntax tree. */
export type Node = ReturnType<typeof parser.parse>['topNode'];

/** The node of the whole expression; none after a report of where it is no PromQL. */
export const parseSyntax = (text: string, report: Report): Node | undefined => {
  if (openEnd(text, report)) return undefined;
  const top = parser.parse(withoutBareDots(text)).topNode;
  const error = firstError(top);
  if (!error) return nodesOf(top)[0];
  const { message, suggestion, ...span } = explain(text, error);
  report(span, message, suggestion);
  return undefined;
};

/** The children of a node, without comments. */
export const nodesOf = (node: Node): Node[] => {
  const found: Node[] = [];
  for (let child = node.firstChild; child; child = child.nextSibling) {
    if (child.name !== 'LineComment') found.push(child);
  }
  return found;
};

// Everything in quotes, and comments.
const opaque = `"(?:[^"\\\\\\n]|\\\\[^\\n])*("?)|'(?:[^'\\\\\\n]|\\\\[^\\n])*('?)|\`[^\`]*(\`?)|#.*`;
const brackets = new RegExp(`${opaque}|[()[\\]{}]`, 'g');
const bareDots = new RegExp(`${opaque}|(?<=(?<![\\w.])\\d+)\\.(?![\\w.])`, 'g');

/** Prometheus takes `5.` for a number, and the grammar does not. */
const withoutBareDots = (text: string): string =>
  text.replace(bareDots, (found) => (found === '.' ? ' ' : found));

const closing: Readonly<Record<string, string>> = { '(': ')', '[': ']', '{': '}' };

/** Reports a bracket or a string without its other end: the grammar lets some of them pass. */
const openEnd = (text: string, report: Report): boolean => {
  const open: number[] = [];
  for (const { 0: token, 1: double, 2: single, 3: raw, index } of text.matchAll(brackets)) {
    const span = { from: index, to: index + 1 };
    if ('"\'`'.includes(token[0]!)) {
      if (double || single || raw) continue;
      report({ from: index, to: index + token.length }, 'The string is not closed.');
      return true;
    }
    if (token in closing) open.push(index);
    else if (token[0] !== '#') {
      const start = open.pop();
      if (start !== undefined && closing[text[start]!] === token) continue;
      if (start === undefined) report(span, `Nothing is open that this '${token}' closes.`);
      else report(span, `This '${token}' closes what a '${text[start]}' has opened.`);
      return true;
    }
  }
  const last = open.at(-1);
  if (last === undefined) return false;
  report({ from: last, to: last + 1 }, `The '${text[last]}' is not closed.`);
  return true;
};

const firstError = (top: Node): Span | undefined => {
  const cursor = top.cursor();
  do {
    if (cursor.type.isError) return { from: cursor.from, to: cursor.to };
  } while (cursor.next());
  return undefined;
};

const explain = (text: string, error: Span): Fault => {
  const before = text.slice(0, error.from).trimEnd();
  const rest = text.slice(error.from).trimStart();
  if (before === '' && rest === '') return { ...error, message: 'There is no expression.' };
  if (rest === '') return { ...error, message: 'The expression ends where more has to follow.' };
  const name = /[A-Za-z_]\w*$/.exec(before)?.[0];
  if (rest.startsWith('(') && name) {
    const known = [...functions.keys(), ...aggregations.keys()];
    const message = known.includes(name)
      ? `What stands in the brackets of '${name}' is no list of expressions.`
      : `There is no function '${name}'.`;
    const from = before.length - name.length;
    return { from, to: before.length, message, suggestion: suggest(name, known) };
  }
  const number = /[\d.]+\w*$/.exec(before)?.[0];
  const unit = /^\w+/.exec(text.slice(error.from))?.[0];
  if (number && unit && before.length === error.from) {
    const span = { from: error.from - number.length, to: error.from + unit.length };
    return { ...span, message: `'${number}${unit}' is neither a number nor a duration.` };
  }
  const [found = ''] = /^(?:\w+|\W)/.exec(rest) ?? [];
  const from = text.length - text.slice(error.from).trimStart().length;
  return { from, to: from + found.length, message: `'${found}' cannot stand here.` };
};
