import { z } from 'zod';
import { regexFault } from '../../promql/regex.js';

/** The parts of an Alertmanager matcher. */
export interface Matcher {
  readonly label: string;
  readonly operator: '=' | '!=' | '=~' | '!~';
  readonly value: string;
}

/**
 * Parses the matchers of one line, which may be in braces; undefined if they are not valid. Alertmanager
 * has two parsers: https://github.com/prometheus/alertmanager/blob/v0.34.0/matcher/compat/parse.go.
 * If both accept a line and disagree, the classic one applies.
 */
export const readMatchers = (text: string): readonly Matcher[] | undefined =>
  readClassic(text) ?? readUtf8(text);

// https://github.com/prometheus/alertmanager/blob/v0.34.0/matcher/parse/lexer.go: an unquoted text
// contains no character of the syntax.
const bare = '[^\\s{}!=~,\\\\"\'`]+';
const quoted = '"(?:[^"\\\\\\n]|\\\\.)*"';
const utf8Matcher = new RegExp(
  `^\\s*(${quoted}|${bare})\\s*(=~|!~|!=|=)\\s*(${quoted}|${bare})\\s*(,|$)`,
);

const readUtf8 = (text: string): Matcher[] | undefined => {
  const [, open, inside = '', close] = /^\s*(\{?)(.*?)(\}?)\s*$/s.exec(text) ?? [];
  if ((open === '') !== (close === '')) return undefined;
  const found: Matcher[] = [];
  let rest = inside;
  while (rest.trim() !== '') {
    const [all = '', label = '', operator, value = ''] = utf8Matcher.exec(rest) ?? [];
    if (all === '') return undefined;
    const [name, wanted] = [unquoted(label), unquoted(value)];
    if (name === undefined || wanted === undefined) return undefined;
    found.push({ label: name, operator: operator as Matcher['operator'], value: wanted });
    rest = rest.slice(all.length);
  }
  return found;
};

const escapes: Readonly<Record<string, string>> = {
  ...{ a: '\x07', b: '\b', f: '\f', n: '\n', r: '\r', t: '\t', v: '\v', '\\': '\\', '"': '"' },
};
const escapeSequence = /\\(?:x([\da-f]{2})|u([\da-f]{4})|U([\da-f]{8})|([0-7]{3})|(.))/gi;

/** A text without its quotes, as Go's strconv.Unquote; undefined if an escape is not valid. */
const unquoted = (text: string): string | undefined => {
  if (!text.startsWith('"')) return text;
  let valid = true;
  const value = text.slice(1, -1).replace(escapeSequence, (_, x, u, long, octal, letter) => {
    const hex: string | undefined = x ?? u ?? long;
    const code = hex ? Number.parseInt(hex, 16) : octal ? Number.parseInt(octal, 8) : undefined;
    if (code !== undefined && code <= 0x10ffff) return String.fromCodePoint(code);
    valid &&= escapes[letter] !== undefined;
    return escapes[letter] ?? '';
  });
  return valid ? value : undefined;
};

// https://github.com/prometheus/alertmanager/blob/v0.34.0/pkg/labels/parse.go
const classicMatcher = /^\s*([a-zA-Z_:][a-zA-Z0-9_:]*)\s*(=~|=|!=|!~)\s*(.*?)\s*$/s;

const readClassic = (text: string): Matcher[] | undefined => {
  const parts = split(text.replace(/^\{/, '').replace(/\}$/, ''));
  const found = parts.map((part): Matcher | undefined => {
    const [, label, operator, raw = ''] = classicMatcher.exec(part) ?? [];
    const value = classicValue(raw);
    if (label === undefined || value === undefined) return undefined;
    return { label, operator: operator as Matcher['operator'], value };
  });
  return found.every((one) => one !== undefined) ? found : undefined;
};

/** Splits a list at its commas outside quotes. */
const split = (text: string): string[] => {
  const parts = text.match(/(?:[^,"\\]|\\.|\\$|"(?:[^"\\]|\\.)*(?:"|$))*(?:,|$)/gs) ?? [];
  const all = parts.map((one) => one.replace(/,$/, ''));
  while (all.length > 0 && all.at(-1)!.trim() === '') all.pop();
  return all;
};

const classicValue = (raw: string): string | undefined => {
  const isQuoted = raw.startsWith('"');
  if (isQuoted && !/^"(?:[^"\\]|\\.)*"$/s.test(raw)) return undefined;
  const inside = isQuoted ? raw.slice(1, -1) : raw;
  if (/(?<!\\)(?:\\\\)*"/.test(inside)) return undefined;
  return inside.replace(/\\(["\\n])/g, (_, one: string) => (one === 'n' ? '\n' : one));
};

/** One matcher as text, which both parsers read in the same way. */
export const matcherText = ({ label, operator, value }: Matcher): string => {
  const name = /^[a-zA-Z_:][a-zA-Z0-9_:]*$/.test(label) ? label : quote(label);
  return `${name}${operator}${quote(value)}`;
};

const quote = (text: string): string =>
  `"${text.replace(/["\\]/g, '\\$&').replaceAll('\n', '\\n')}"`;

/** A line of matchers. */
export const matcher = z
  .string({ error: 'a matcher such as severity="critical" or team=~"a|b"' })
  .refine((text) => (readMatchers(text) ?? []).length > 0)
  .refine(
    (text) =>
      (readMatchers(text) ?? []).every(
        ({ operator, value }) => !operator.endsWith('~') || regexFault(value) === undefined,
      ),
    { error: 'a matcher whose regular expression is in RE2 syntax' },
  );
