import { parser } from '@prometheus-io/lezer-promql';
import { explain } from './explain.js';
import type { Report } from './fault.js';
import { aggregations, functions } from './function.js';
import { opaque, openEnd } from './open-end.js';
import { type Node, readTree } from './tree.js';

/** The node of the whole expression; undefined after a report if the text is not PromQL. */
export const parseSyntax = (text: string, report: Report): Node | undefined => {
  if (openEnd(text, report)) return undefined;
  const { root, error } = readTree(parser.parse(withoutBareDots(text)).cursor());
  if (!error) return root.children[0];
  const known = [...functions.keys(), ...aggregations.keys()];
  const { message, suggestion, ...span } = explain(text, error, known);
  report(span, message, suggestion);
  return undefined;
};

const bareDots = new RegExp(`${opaque}|(?<=(?<![\\w.])\\d+)\\.(?![\\w.])`, 'g');

/** Prometheus accepts `5.` as a number, and the grammar does not. */
const withoutBareDots = (text: string): string =>
  /\d\.(?![\w.])/.test(text)
    ? text.replace(bareDots, (found) => (found === '.' ? ' ' : found))
    : text;
