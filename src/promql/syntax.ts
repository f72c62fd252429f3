import { parser } from '@prometheus-io/lezer-promql';
import { suggest } from '../model/suggestion.js';
import { type Span, spanOf } from './expression.js';
import type { Fault, Report } from './fault.js';
import { aggregations, functions } from './function.js';

type Cursor = ReturnType<ReturnType<typeof parser.parse>['cursor']>;

/** A node of the syntax tree, without comments. The parser creates its nodes again at each access. */
export class Node implements Span {
  readonly from: number;
  readonly to: number;
  readonly children: Node[] = [];
  private readonly type: Cursor['type'];

  constructor({ type, from, to }: Cursor) {
    this.type = type;
    this.from = from;
    this.to = to;
  }

  get name(): string {
    return this.type.name;
  }

  /** The first child with a name, or of a kind with that name. */
  child(name: string): Node | undefined {
    return this.children.find(({ type }) => type.is(name));
  }

  childrenOf(name: string): Node[] {
    return this.children.filter(({ type }) => type.is(name));
  }
}

/** The node of the whole expression; undefined after a report if the text is not PromQL. */
export const parseSyntax = (text: string, report: Report): Node | undefined => {
  if (openEnd(text, report)) return undefined;
  const cursor = parser.parse(withoutBareDots(text)).cursor();
  const errors: Span[] = [];
  const [expression] = nodeAt(cursor, errors).children;
  const [error] = errors;
  if (!error) return expression;
  const { message, suggestion, ...span } = explain(text, error);
  report(span, message, suggestion);
  return undefined;
};

const nodeAt = (cursor: Cursor, errors: Span[]): Node => {
  const node = new Node(cursor);
  if (cursor.type.isError) errors.push(spanOf(node));
  if (cursor.firstChild()) {
    do if (cursor.name !== 'LineComment') node.children.push(nodeAt(cursor, errors));
    while (cursor.nextSibling());
    cursor.parent();
  }
  return node;
};

// Strings and comments; for a string that is closed, a group contains the last quote.
const opaque = `"(?:[^"\\\\\\n]|\\\\[^\\n])*("?)|'(?:[^'\\\\\\n]|\\\\[^\\n])*('?)|\`[^\`]*(\`?)|#.*`;
const opaqueHere = new RegExp(opaque, 'y');
const bareDots = new RegExp(`${opaque}|(?<=(?<![\\w.])\\d+)\\.(?![\\w.])`, 'g');

/** Prometheus accepts `5.` as a number, and the grammar does not. */
const withoutBareDots = (text: string): string =>
  /\d\.(?![\w.])/.test(text)
    ? text.replace(bareDots, (found) => (found === '.' ? ' ' : found))
    : text;

const closing: Readonly<Record<string, string>> = { '(': ')', '[': ']', '{': '}' };

/** Reports brackets and strings without an end: the grammar accepts some of them. */
const openEnd = (text: string, report: Report): boolean => {
  const open: number[] = [];
  for (let at = 0; at < text.length; at += 1) {
    const token = text[at]!;
    if ('"\'`#'.includes(token)) {
      opaqueHere.lastIndex = at;
      const [found, double, single, raw] = opaqueHere.exec(text)!;
      if (token !== '#' && !double && !single && !raw) {
        report({ from: at, to: at + found.length }, 'The string has no closing quote.');
        return true;
      }
      at += found.length - 1;
    } else if ('([{'.includes(token)) open.push(at);
    else if (')]}'.includes(token)) {
      const start = open.pop();
      if (start !== undefined && closing[text[start]!] === token) continue;
      const span = { from: at, to: at + 1 };
      if (start === undefined) report(span, `'${token}' closes no bracket.`);
      else report(span, `'${token}' does not match the opening '${text[start]}'.`);
      return true;
    }
  }
  const last = open.at(-1);
  if (last === undefined) return false;
  report({ from: last, to: last + 1 }, `'${text[last]}' has no closing bracket.`);
  return true;
};

const explain = (text: string, error: Span): Fault => {
  const before = text.slice(0, error.from).trimEnd();
  const rest = text.slice(error.from).trimStart();
  if (before === '' && rest === '') return { ...error, message: 'The expression is empty.' };
  if (rest === '') return { ...error, message: 'The expression is incomplete.' };
  const name = /[A-Za-z_]\w*$/.exec(before)?.[0];
  if (rest.startsWith('(') && name) {
    const known = [...functions.keys(), ...aggregations.keys()];
    const message = known.includes(name)
      ? `The parameters of '${name}' are not a list of expressions.`
      : `Unknown function '${name}'.`;
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
  return { from, to: from + found.length, message: `Unexpected '${found}'.` };
};
