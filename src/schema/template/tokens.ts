/** A fault of a template, for which the engine rejects or cannot expand it. */
export class TemplateError extends Error {
  constructor(
    message: string,
    readonly value: string,
    readonly known?: readonly string[],
  ) {
    super(message);
  }
}

/** A token of a template. */
export interface Token {
  readonly kind:
    | 'text'
    | 'open'
    | 'close'
    | 'space'
    | 'word'
    | 'field'
    | 'dot'
    | 'variable'
    | 'string'
    | 'number'
    | 'symbol'
    | 'end';
  readonly text: string;
  readonly from: number;
}

const comment = /\{\{(?:-\s)?\/\*[\s\S]*?\*\/(?:\s-)?\}\}/y;
const parts: readonly (readonly [kind: Token['kind'], pattern: RegExp])[] = [
  ['string', /"(?:[^"\\\n]|\\[^\n])*"|`[^`]*`/y],
  ['number', /'(?:[^'\\\n]|\\[^\n])+'|[-+]?\.?\d[\w.]*(?:(?<=[eEpP])[-+]\d+)?/y],
  ['field', /\.[\p{L}\p{Nd}_]+/uy],
  ['dot', /\./y],
  ['variable', /\$[\p{L}\p{Nd}_]*/uy],
  ['word', /[\p{L}\p{Nd}_]+/uy],
  ['symbol', /:=|[=|(),]/y],
];

// What can follow a word without a space.
const terminated = /[\s.,|:)(]|\}\}|$/y;

/**
 * The tokens of a template, as Go reads them.
 * https://github.com/golang/go/blob/go1.26.0/src/text/template/parse/lex.go
 */
export const tokensOf = (text: string): Token[] => {
  const tokens: Token[] = [];
  let at = 0;
  const match = (pattern: RegExp): string | undefined => {
    pattern.lastIndex = at;
    return pattern.exec(text)?.[0];
  };
  const add = (kind: Token['kind'], length: number): void => {
    tokens.push({ kind, text: text.slice(at, at + length), from: at });
    at += length;
  };
  while (at < text.length) {
    const start = text.indexOf('{{', at);
    if (start !== at) add('text', (start < 0 ? text.length : start) - at);
    if (start < 0) break;
    const ignored = match(comment);
    if (ignored !== undefined) {
      at += ignored.length;
      continue;
    }
    if (/^\{\{(?:-\s)?\/\*/.test(text.slice(at, at + 5))) {
      throw new TemplateError('The comment is not closed.', text.slice(at));
    }
    add('open', /\s/.test(text[at + 3] ?? '') && text[at + 2] === '-' ? 4 : 2);
    readAction(text, tokens, { add, match, at: () => at });
  }
  add('end', 0);
  return tokens;
};

interface Reader {
  readonly add: (kind: Token['kind'], length: number) => void;
  readonly match: (pattern: RegExp) => string | undefined;
  readonly at: () => number;
}

const close = /\s-\}\}|\}\}/y;
const space = /(?:\s(?!-\}\}))+/y;

const words: readonly Token['kind'][] = ['word', 'field', 'variable', 'dot'];

const readAction = (text: string, tokens: readonly Token[], { add, match, at }: Reader): void => {
  const opened = tokens.at(-1)!.from;
  for (let depth = 0; ; ) {
    const end = match(close);
    if (end !== undefined) {
      const whole = text.slice(opened, at() + end.length);
      if (depth > 0) throw new TemplateError('The parentheses are not balanced.', whole);
      add('close', end.length);
      return;
    }
    if (at() >= text.length) {
      throw new TemplateError("'{{' has no closing '}}'.", text.slice(opened));
    }
    const blank = match(space);
    if (blank !== undefined) {
      add('space', blank.length);
      continue;
    }
    const [kind, found] =
      parts
        .map(([one, pattern]) => [one, match(pattern)] as const)
        .find(([, one]) => one !== undefined) ?? [];
    const action = text.slice(opened, text.indexOf('}}', at()) + 2 || undefined);
    if (kind === undefined || found === undefined) {
      const character = text[at()]!;
      // A quote that is not closed before the braces ends the line.
      throw /["`']/.test(character)
        ? new TemplateError(`Unexpected '${character}': the quote is not closed.`, action)
        : new TemplateError(`Unexpected '${character}'.`, action);
    }
    if (found === '(') depth += 1;
    if (found === ')') depth -= 1;
    if (depth < 0) throw new TemplateError('The parentheses are not balanced.', action);
    add(kind, found.length);
    if (words.includes(kind) && match(terminated) === undefined) {
      throw new TemplateError(`Unexpected '${text[at()]}'.`, action);
    }
  }
};
