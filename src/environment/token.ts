/** A token of a TypeScript file: a name, a text without its quotes, or a sign. */
export interface Token {
  readonly kind: 'name' | 'text' | 'sign';
  readonly text: string;
  readonly offset: number;
}

const comment = /\/\/.*|\/\*[\s\S]*?\*\//.source;
const text = /'(?:[^'\\\n]|\\.)*'|"(?:[^"\\\n]|\\.)*"|`(?:[^`\\]|\\[\s\S])*`/.source;
const name = /[\w$]+/.source;
const pattern = new RegExp(`\\s+|${comment}|(${text})|(${name})|(=>|\\.\\.\\.|.)`, 'g');

/** After one of these, a slash starts a regular expression; otherwise it is a division. */
const beforeRegex = /^[(,=:[!&|?{};]$|^=>$|^return$/;
const regex = /\/(?![*/])(?:[^\\/[\n]|\\.|\[(?:[^\]\\\n]|\\.)*\])+\/\w*/y;

/** The tokens of a TypeScript file, without white space and comments. */
export const tokensOf = (source: string): Token[] => {
  const tokens: Token[] = [];
  pattern.lastIndex = 0;
  for (let found = pattern.exec(source); found; found = pattern.exec(source)) {
    const [, quoted, word, sign] = found;
    const offset = found.index;
    if (quoted !== undefined) tokens.push({ kind: 'text', text: quoted.slice(1, -1), offset });
    else if (word !== undefined) tokens.push({ kind: 'name', text: word, offset });
    else if (sign !== undefined) {
      regex.lastIndex = offset;
      if (sign === '/' && beforeRegex.test(tokens.at(-1)?.text ?? ';') && regex.test(source)) {
        pattern.lastIndex = regex.lastIndex;
      } else tokens.push({ kind: 'sign', text: sign, offset });
    }
  }
  return tokens;
};
