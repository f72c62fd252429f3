/** A token of JMESPath. Its kind is its text, or `name`, `quoted`, `literal`, `json`, `number`, `variable`, `root` or `end`. */
export interface Token {
  readonly kind: string;
  /** The value of a name, a literal or a number. */
  readonly value: string;
  readonly from: number;
}

/** A fault in an expression, at an offset. */
export class JmespathError extends Error {
  constructor(
    readonly at: number,
    message: string,
  ) {
    super(message);
  }
}

const symbol = /\|\||&&|\/\/|[<>!=]=|\[\?|\[\]|[[\].*,:{}()@+%/<>!=&|\u2212\u00d7\u00f7-]/y;
const plain: readonly (readonly [kind: string, pattern: RegExp])[] = [
  ['name', /[A-Za-z_]\w*/y],
  ['number', /-?\d+/y],
  ['variable', /\$\w+/y],
  ['root', /\$/y],
];
const delimited: Readonly<Record<string, readonly [kind: string, pattern: RegExp]>> = {
  "'": ['literal', /'((?:\\[\s\S]|[^'\\])*)'/y],
  '"': ['quoted', /"((?:\\[\s\S]|[^"\\])*)"/y],
  '`': ['json', /`((?:\\[\s\S]|[^`\\])*)`/y],
};

/**
 * The tokens of an expression, as the library of Grafana reads them.
 * https://github.com/jmespath-community/go-jmespath/blob/v1.1.1/pkg/parsing/lexer.go
 */
export const tokensOf = (text: string): Token[] => {
  const tokens: Token[] = [];
  let at = 0;
  const match = (pattern: RegExp): RegExpExecArray | null => {
    pattern.lastIndex = at;
    return pattern.exec(text);
  };
  while (at < text.length) {
    const character = text[at]!;
    if (/[ \t\n\r]/.test(character)) {
      at += 1;
      continue;
    }
    const [kind, value, length] = delimited[character]
      ? quotedToken(at, delimited[character], match)
      : plainToken(at, character, match);
    tokens.push({ kind, value, from: at });
    at += length;
  }
  return [...tokens, { kind: 'end', value: '', from: text.length }];
};

type Read = readonly [kind: string, value: string, length: number];

const quotedToken = (
  at: number,
  [kind, pattern]: readonly [string, RegExp],
  match: (pattern: RegExp) => RegExpExecArray | null,
): Read => {
  const found = match(pattern);
  if (!found) throw new JmespathError(at, 'the quote is not closed');
  const inner = found[1]!;
  const length = found[0].length;
  if (kind === 'literal') return [kind, inner.replace(/\\(['\\])/g, '$1'), length];
  const json = kind === 'quoted' ? `"${inner}"` : inner.replaceAll('\\`', '`');
  try {
    const value: unknown = JSON.parse(json);
    return [kind, kind === 'quoted' ? `${value}` : json, length];
  } catch {
    const hint = kind === 'json' ? ": a text is in single quotes, 'Viewer'" : '';
    throw new JmespathError(at, `${found[0]} has no valid JSON${hint}`);
  }
};

const plainToken = (
  at: number,
  character: string,
  match: (pattern: RegExp) => RegExpExecArray | null,
): Read => {
  for (const [kind, pattern] of plain) {
    const found = match(pattern);
    if (found) return [kind, found[0], found[0].length];
  }
  const found = match(symbol);
  if (!found) throw new JmespathError(at, `'${character}' is not allowed here`);
  return [found[0], found[0], found[0].length];
};
