/** A scalar in YAML; the lines of a block are indented. */
export const scalarText = (value: unknown, indent: string): string => {
  if (typeof value === 'string') {
    if (!value.includes('\n')) return lineText(value);
    return isLiteral(value) && !control.test(value)
      ? literalText(value, `${indent}  `)
      : inDoubleQuotes(value);
  }
  if (typeof value === 'number') return numberText(value);
  if (typeof value === 'boolean') return `${value}`;
  if (typeof value !== 'object' || value === null) return 'null';
  return Array.isArray(value) ? '[]' : '{}';
};

/** A text in one line, such as a key. */
export const lineText = (text: string): string => {
  if ((simple.test(text) || isPlain(text)) && !word.test(text)) return text;
  return text.includes('"') && !text.includes("'") && !text.includes('\n') && !control.test(text)
    ? `'${text}'`
    : inDoubleQuotes(text);
};

// Fast path for most strings: it cannot be a number, and contains no indicator.
const simple = /^[a-z_/](?:[\w./=@+*$(),-]|:(?! |$)| (?!$))*$/i;

const isPlain = (text: string): boolean =>
  !indicator.test(text) && !number.test(text) && !date.test(text) && !control.test(text);

// Indicators of YAML: at the start, inside, or at the end.
const indicator = /^[\s,[\]{}#&*!|>'"%@`]|^[?-](?:\s|$)|^(?:---|\.{3})|:\s|\s#|[\s:]$|\n/;

// Texts that are not strings in YAML 1.1, which Kubernetes reads, in YAML 1.2, or in Go's reading of them.
const word = /^(?:|~|<<|y|n|yes|no|on|off|true|false|null)$/i;
const number =
  /^[-+]?(?:(?:[\d_]+\.?[\d_]*|\.[\d_]*)(?:e[-+]?\d+)?|0[box][\da-f_]+|\d[\d_]*(?::\d+)+(?:\.[\d_]*)?|\.(?:inf|nan))$/i;
const date = /^\d{4}-\d\d?-\d\d?(?:[Tt\s]|$)/;

// Non-printable characters, and those that Kubernetes reads as a line break or drops, even in quotes.
// biome-ignore lint/suspicious/noControlCharactersInRegex: they are what the pattern matches
const control = /[\x00-\x08\x0b-\x1f\x7f-\x9f\u2028\u2029\ufeff\ud800-\udfff]/u;

// Texts that can be a literal block: no leading space, at most one line break at the end.
const isLiteral = (text: string): boolean => /^\S/.test(text) && /\S\n?$/.test(text.slice(-2));

const literalText = (text: string, indent: string): string => {
  const ended = text.endsWith('\n');
  const lines = ended ? text.slice(0, -1) : text;
  return `${ended ? '|' : '|-'}\n${indent}${lines.replace(/\n+/g, `$&${indent}`)}`;
};

// JSON escapes are valid in YAML.
const inDoubleQuotes = (text: string): string =>
  JSON.stringify(text).replace(
    /[\x7f-\x9f\u2028\u2029\ufeff]/g,
    (character) => `\\u${character.charCodeAt(0).toString(16).padStart(4, '0')}`,
  );

const numberText = (value: number): string => {
  if (Number.isNaN(value)) return '.nan';
  if (!Number.isFinite(value)) return value < 0 ? '-.inf' : '.inf';
  return Object.is(value, -0) ? '-0' : `${value}`;
};
