import type { Span } from '../promql/expression.js';
import type { Report } from '../promql/fault.js';
import { stringAt } from '../promql/string.js';

/** The name at the start of a node: a function, in lower case. */
export const nameAt = ({ from }: Span, text: string): string =>
  (/^\w*/.exec(text.slice(from))?.[0] ?? '').toLowerCase();

/** The value of a string; reports an unknown escape sequence. */
export const stringValue = (literal: Span, text: string, report: Report): string =>
  stringAt(literal, text, report);
