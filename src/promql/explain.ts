import { suggest } from '../model/suggestion.js';
import type { Span } from './expression.js';
import type { Fault } from './fault.js';

/** Describes the place at which a text does not have the syntax, with the functions of the language. */
export const explain = (text: string, error: Span, known: readonly string[]): Fault => {
  const before = text.slice(0, error.from).trimEnd();
  const rest = text.slice(error.from).trimStart();
  if (before === '' && rest === '') return { ...error, message: 'The expression is empty.' };
  if (rest === '') return { ...error, message: 'The expression is incomplete.' };
  const name = /[A-Za-z_]\w*$/.exec(before)?.[0];
  if (rest.startsWith('(') && name) {
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
  const unquoted = quoteless(before, rest);
  const start = text.length - rest.length;
  if (unquoted) {
    const message = `The text after '${unquoted.operator}' must be in double quotes.`;
    return { from: start, to: start + unquoted.length, message, suggestion: unquoted.suggestion };
  }
  const [found = ''] = /^(?:\w+|\W)/.exec(rest) ?? [];
  return { from: start, to: start + found.length, message: `Unexpected '${found}'.` };
};

/** A text without quotes, or in single quotes where the language has none, after an operator that compares with a text. */
const quoteless = (before: string, rest: string) => {
  const operator = /(?:[!=]~|\|[=~>]|!>|!=|(?<![=<>])=)$/.exec(before)?.[0];
  const [found, single] = /^(?:'([^'"\\]*)'|[A-Za-z_][\w./:-]*)/.exec(rest) ?? [];
  if (!operator || found === undefined) return undefined;
  return { operator, length: found.length, suggestion: `"${single ?? found}"` };
};
