import { createRequire } from 'node:module';
import type { Report } from '../promql/fault.js';
import { openEnd } from '../promql/open-end.js';
import { type Node, readTree } from '../promql/tree.js';
import { explainLogql } from './explain.js';
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
  const { message, suggestion, ...span } = explainLogql(text, error);
  report(span, message, suggestion);
  return undefined;
};
