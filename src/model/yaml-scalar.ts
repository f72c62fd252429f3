/** A value without members in YAML; the lines of a text below the first are indented. */
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

/** A text in one line, such as the name of a member. */
export const lineText = (text: string): string => {
  if ((simple.test(text) || isPlain(text)) && !word.test(text)) return text;
  return text.includes('"') && !text.includes("'") && !text.includes('\n') && !control.test(text)
    ? `'${text}'`
    : inDoubleQuotes(text);
};

// Most strings: no number begins so, and there is no indicator in them.
const simple = /^[a-z_/](?:[\w./=@+*$(),-]|:(?! |$)| (?!$))*$/i;

const isPlain = (text: string): boolean =>
  !indicator.test(text) && !number.test(text) && !date.test(text) && !control.test(text);

// What stands for something in YAML where it stands: at the start, within, or at the end.
const indicator = /^[\s,[\]{}#&*!|>'"%@`]|^[?-](?:\s|$)|^(?:---|\.{3})|:\s|\s#|[\s:]$|\n/;

// What is no string in YAML 1.1, which Kubernetes reads, in 1.2, or in either as Go reads it.
const word = /^(?:|~|<<|y|n|yes|no|on|off|true|false|null)$/i;
const number =
  /^[-+]?(?:(?:[\d_]+\.?[\d_]*|\.[\d_]*)(?:e[-+]?\d+)?|0[box][\da-f_]+|\d[\d_]*(?::\d+)+(?:\.[\d_]*)?|\.(?:inf|nan))$/i;
const date = /^\d{4}-\d\d?-\d\d?(?:[Tt\s]|$)/;

// What is not printed, and what Kubernetes takes for the end of a line or drops, even in quotes.
// biome-ignore lint/suspicious/noControlCharactersInRegex: they are what it looks for
const control = /[\x00-\x08\x0b-\x1f\x7f-\x9f\u2028\u2029\ufeff\ud800-\udfff]/u;

// Whose lines can stand as they are: no space before the first, at most one end after the last.
const isLiteral = (text: string): boolean => /^\S/.test(text) && /\S\n?$/.test(text.slice(-2));

const literalText = (text: string, indent: string): string => {
  const ended = text.endsWith('\n');
  const lines = ended ? text.slice(0, -1) : text;
  return `${ended ? '|' : '|-'}\n${indent}${lines.replace(/\n+/g, `$&${indent}`)}`;
};

// JSON's escapes are YAML's.
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
