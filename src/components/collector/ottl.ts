import { z } from 'zod';
import { suggest } from '../../model/suggestion.js';
import { converters, editors } from './ottl-functions.js';

// A part of what the collector checks at its start: the characters of the language, its brackets and the names of its
// functions. Paths and types are not checked. No library for Node.js parses the language.
// https://github.com/open-telemetry/opentelemetry-collector-contrib/blob/v0.159.0/pkg/ottl/grammar.go

const token =
  /\s+|0x[a-fA-F0-9]+|\d+\.\d*(?:[eE][-+]?\d+)?|\.\d+(?:[eE][-+]?\d+)?|\d+|"(?:\\.|[^\\"])*"|==|!=|>=|<=|=>|[><+\-/*=(){}:,.[\]]|[A-Za-z][A-Za-z0-9_]*|_/y;

/** What can stand before a parenthesis without being a function. */
const keywords = ['where', 'and', 'or', 'not', 'nil', 'true', 'false'];

const closing: Readonly<Record<string, string>> = { '(': ')', '[': ']', '{': '}' };

interface Token {
  readonly text: string;
  readonly at: number;
}

/** The parts of a text without spaces, or the position of a character that is in none. */
const tokensOf = (text: string): readonly Token[] | number => {
  const tokens: Token[] = [];
  for (let at = 0; at < text.length; ) {
    token.lastIndex = at;
    const [found] = token.exec(text) ?? [];
    if (found === undefined) return at;
    if (found.trim() !== '') tokens.push({ text: found, at });
    at += found.length;
  }
  return tokens;
};

const bracketFault = (tokens: readonly Token[]): string | undefined => {
  const open: Token[] = [];
  for (const one of tokens) {
    if (closing[one.text]) open.push(one);
    else if (Object.values(closing).includes(one.text)) {
      const last = open.pop();
      if (!last || closing[last.text] !== one.text)
        return `without the ${one.text} at character ${one.at + 1}, which closes nothing`;
    }
  }
  const [last] = open.slice(-1);
  return last && `with a ${closing[last.text]} for the ${last.text} at character ${last.at + 1}`;
};

const functionFault = (tokens: readonly Token[], isStatement: boolean): string | undefined => {
  const called = tokens.filter(
    ({ text }, index) =>
      /^[A-Za-z]/.test(text) && tokens[index + 1]?.text === '(' && !keywords.includes(text),
  );
  if (isStatement && (called[0] === undefined || called[0] !== tokens[0]))
    return "that starts with a function such as 'set('";
  for (const one of called) {
    const known = isStatement && one === tokens[0] ? editors : converters;
    if (known.includes(one.text)) continue;
    const meant = suggest(one.text, known);
    return `with a function of the collector in place of ${one.text}${meant ? `, such as ${meant}` : ''}`;
  }
  return undefined;
};

const faultOf = (text: string, isStatement: boolean): string | undefined => {
  const tokens = tokensOf(text);
  if (typeof tokens !== 'number') return bracketFault(tokens) ?? functionFault(tokens, isStatement);
  const character = text[tokens];
  return character === '"'
    ? `with an end of the text that starts at character ${tokens + 1}`
    : `without the ${character} at character ${tokens + 1}: texts have double quotes, and 'and', 'or' and 'not' are words`;
};

const ottl = (what: string, isStatement: boolean) =>
  z
    .string({ error: `${what} in OTTL` })
    .min(1)
    .superRefine((text, context) => {
      // The collector replaces these before it parses the text.
      if (text === '' || text.includes('${')) return;
      const fault = faultOf(text, isStatement);
      if (fault)
        context.addIssue({ code: 'custom', message: `${what} in OTTL ${fault}`, input: text });
    });

/** A statement of the language of the collector for changes of what passes it. */
export const statement = ottl('a statement', true);

/** A condition in the same language. */
export const condition = ottl('a condition', false);
