import type { Report } from '../promql/fault.js';
import { regexFault } from '../promql/regex.js';
import type { Node } from '../promql/tree.js';
import { stringValue } from './text.js';

/** Reports a regular expression that Go rejects. */
export const regex = (literal: Node, text: string, report: Report): string | undefined => {
  const value = stringValue(literal, text, report);
  const fault = regexFault(value);
  if (fault === undefined) return value;
  report(literal, `Invalid regular expression: ${fault}.`);
  return undefined;
};

/** Reports a regular expression from which no label comes: `| regexp "(?P<name>…)"`. */
export const capturing = (literal: Node, text: string, report: Report): void => {
  const value = regex(literal, text, report);
  if (value === undefined) return;
  // The check of the whole expression has found no fault, so that a parenthesis that is not escaped opens a group.
  const bare = value.replace(/\\[\s\S]/g, '').replace(/\[\^?\]?[^\]]*\]/g, '');
  if (!/\((?!\?(?!P?<))/.test(bare)) {
    report(
      literal,
      'The expression has no group, such as (?P<status>\\d+), from which a label comes.',
    );
  }
};

const capture = /<([A-Za-z_]\w*)>/g;

/** Reports a pattern from which no label comes: `| pattern "<ip> <_> <method>"`. */
export const parsed = (literal: Node, text: string, report: Report): void => {
  const value = stringValue(literal, text, report);
  const names = [...value.matchAll(capture)].map(([, name]) => name!);
  if (names.every((name) => name === '_')) {
    report(literal, 'The pattern has no capture, such as <method>, from which a label comes.');
  }
  const twice = names.find((name, index) => name !== '_' && names.indexOf(name) !== index);
  if (twice) report(literal, `The pattern has the capture <${twice}> twice.`);
  adjacent(literal, value, report);
};

/** Reports a pattern of a line filter with names: `|> "<_> error <_>"`. */
export const filtering = (literal: Node, text: string, report: Report): void => {
  const value = stringValue(literal, text, report);
  const named = [...value.matchAll(capture)].find(([, name]) => name !== '_');
  if (named) report(literal, `A line filter sets no label: use <_> instead of ${named[0]}.`);
  adjacent(literal, value, report);
};

const adjacent = (literal: Node, value: string, report: Report): void => {
  const found = /<[A-Za-z_]\w*><[A-Za-z_]\w*>/.exec(value);
  if (found) report(literal, `A text is missing between the captures ${found[0]}.`);
};
