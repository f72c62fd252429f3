import type { Span } from './expression.js';
import type { Report } from './fault.js';

const simple: Readonly<Record<string, string>> = {
  a: '\x07',
  b: '\b',
  f: '\f',
  n: '\n',
  r: '\r',
  t: '\t',
  v: '\v',
  '\\': '\\',
};

// Numeric escapes after the backslash: their pattern, and their largest value.
const numeric: [RegExp, radix: number, largest: number][] = [
  [/^x([0-9a-fA-F]{2})/, 16, 0xff],
  [/^u([0-9a-fA-F]{4})/, 16, 0x10ffff],
  [/^U([0-9a-fA-F]{8})/, 16, 0x10ffff],
  [/^([0-7]{3})/, 8, 0xff],
];

/** The value of a string literal, or the first fault and its offset. */
export const unquote = (literal: string): { value: string } | { fault: string; at: number } => {
  const quote = literal[0]!;
  if (literal.length < 2 || !literal.endsWith(quote)) {
    return { fault: 'The string has no closing quote.', at: 0 };
  }
  const inner = literal.slice(1, -1);
  if (quote === '`' || !inner.includes('\\')) return { value: inner };
  let value = '';
  for (let at = 0; at < inner.length; at += 1) {
    if (inner[at] !== '\\') {
      value += inner[at];
      continue;
    }
    const rest = inner.slice(at + 1);
    const character = rest[0] === quote ? quote : simple[rest[0] ?? ''];
    if (character !== undefined) {
      value += character;
      at += 1;
      continue;
    }
    const found = codePoint(rest);
    if (!found) {
      return {
        fault: `Unknown escape sequence in the string: '\\${rest[0] ?? ''}'.`,
        at: at + 1,
      };
    }
    value += String.fromCodePoint(found.code);
    at += found.length;
  }
  // A backslash before the last quote escapes it, so the string is not closed.
  return { value };
};

/** The value of a string literal node; reports what Prometheus rejects in it. */
export const stringAt = ({ from, to }: Span, text: string, report: Report): string => {
  const literal = text.slice(from, to);
  const result = unquote(literal);
  if ('value' in result) return result.value;
  report({ from: from + result.at, to }, result.fault);
  return literal.slice(1, -1);
};

const codePoint = (text: string): { code: number; length: number } | undefined => {
  for (const [pattern, radix, largest] of numeric) {
    const digits = pattern.exec(text);
    if (!digits) continue;
    const code = Number.parseInt(digits[1]!, radix);
    const surrogate = code >= 0xd800 && code < 0xe000;
    return code <= largest && !surrogate ? { code, length: digits[0].length } : undefined;
  }
  return undefined;
};
