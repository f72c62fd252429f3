import { TemplateError } from './tokens.js';

/** Whether Go reads a text as a number or a character. */
export const isNumber = (text: string): boolean =>
  /^'(?:\\.+|.)'$/u.test(text) ||
  /^[-+]?(?:0[xX][\da-fA-F_]+|0[bB][01_]+|0[oO]?[0-7_]*|[1-9][\d_]*|(?:\d[\d_]*\.[\d_]*|\.\d[\d_]*)(?:[eE][-+]?\d+)?|\d[\d_]*[eE][-+]?\d+)i?$/.test(
    text,
  );

/** The content of a text in quotes or backquotes. */
export const unquoted = (text: string): string => {
  if (text.startsWith('`')) return text.slice(1, -1);
  const wrong =
    /\\(?![abfnrtv\\"]|x[\da-fA-F]{2}|u[\da-fA-F]{4}|U[\da-fA-F]{8}|[0-7]{3})(.)/su.exec(
      text.replace(/\\\\/g, ''),
    );
  if (wrong) throw new TemplateError(`\\${wrong[1]} is no escape sequence.`, text);
  return text
    .slice(1, -1)
    .replace(/\\(["\\nt])/g, (_, one: string) => ({ n: '\n', t: '\t' })[one] ?? one);
};
