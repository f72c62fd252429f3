import { createRequire } from 'node:module';
import { suggest } from '../model/suggestion.js';
import { explain } from '../promql/explain.js';
import type { Span } from '../promql/expression.js';
import type { Fault, Report } from '../promql/fault.js';
import { openEnd } from '../promql/open-end.js';
import { type Node, readTree } from '../promql/tree.js';
import { functions } from './function.js';
import { inGrammar } from './grammar.js';

type Parser = typeof import('@grafana/lezer-logql').parser;

let parser: Parser | undefined;

/** Loaded when the first query is parsed: most projects have none. */
const loaded = (): Parser => {
  parser ??= (createRequire(import.meta.url)('@grafana/lezer-logql') as { parser: Parser }).parser;
  return parser;
};

/** The node of the whole query; undefined after a report if the text is not LogQL. */
export const parseSyntax = (text: string, report: Report): Node | undefined => {
  if (openEnd(text, report)) return undefined;
  const { root, error } = readTree(loaded().parse(inGrammar(text)).cursor());
  if (!error) return root.children[0];
  const { message, suggestion, ...span } = explainHere(text, error);
  report(span, message, suggestion);
  return undefined;
};

const explainHere = (text: string, error: Span): Fault => {
  const unwrapped = /\|\s*unwrap\b/.exec(text);
  if (unwrapped && !/\[[^\]]*\]/.test(text)) {
    const message =
      'unwrap needs a function of a range, such as sum_over_time({…} | unwrap x [5m]).';
    return { from: unwrapped.index, to: unwrapped.index + unwrapped[0].length, message };
  }
  const [, name] = /^(\w+)\s*\(/.exec(text.slice(error.from)) ?? [];
  if (name && !keywords.test(name) && !functions.includes(name.toLowerCase())) {
    const message = `Unknown function '${name}'.`;
    const to = error.from + name.length;
    return { from: error.from, to, message, suggestion: suggest(name, functions) };
  }
  return explain(text, error, functions);
};

const keywords =
  /^(?:by|without|on|ignoring|group_left|group_right|ip|bytes|duration|duration_seconds|and|or|unless|bool)$/i;
