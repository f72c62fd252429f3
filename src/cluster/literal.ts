import type { Line } from './line.js';

const width = 100;

/** A value as a literal of TypeScript, on one line if it fits behind the indentation. */
export const literal = (value: unknown, indent: number, before = 0): string => {
  const flat = inline(value);
  if (indent + before + flat.length + 1 <= width) return flat;
  const inner = ' '.repeat(indent + 2);
  const end = ' '.repeat(indent);
  if (Array.isArray(value)) {
    const items = value.map((one) => `${inner}${literal(one, indent + 2)},\n`);
    return `[\n${items.join('')}${end}]`;
  }
  if (typeof value !== 'object' || value === null) return flat;
  const items = Object.entries(value).map(([key, one]) => {
    const name = nameOf(key);
    return `${inner}${name}: ${literal(one, indent + 2, name.length + 2)},\n`;
  });
  return `{\n${items.join('')}${end}}`;
};

/** A value as a literal on one line. */
export const inline = (value: unknown): string => {
  if (typeof value === 'string') return value.includes('\n') ? block(value) : quoted(value);
  if (Array.isArray(value)) return `[${value.map(inline).join(', ')}]`;
  if (typeof value !== 'object' || value === null) return String(value);
  const items = Object.entries(value).map(([key, one]) => `${nameOf(key)}: ${inline(one)}`);
  return items.length === 0 ? '{}' : `{ ${items.join(', ')} }`;
};

const quoted = (text: string): string => {
  const escaped = JSON.stringify(text).slice(1, -1).replaceAll('\\"', '"');
  return `'${escaped.replaceAll("'", "\\'")}'`;
};

/** A text of several lines, in its lines. */
const block = (text: string): string =>
  `\`${text.replace(/[\\`]|\$(?=\{)/g, '\\$&').replace(/\r/g, '\\r')}\``;

const nameOf = (key: string): string => (/^[A-Za-z_$][\w$]*$/.test(key) ? key : quoted(key));

/** Comments of a line; nothing in them ends a comment or a line. */
const comments = (notes: readonly string[], indent: number): string =>
  notes
    .flatMap((note) => wrapped(note.replaceAll(/\s+/g, ' '), width - indent - 3))
    .map((text) => `${' '.repeat(indent)}// ${text}\n`)
    .join('');

/** A text in lines of a length. */
export const wrapped = (text: string, length: number): string[] => {
  const lines: string[] = [];
  let line = '';
  for (const word of text.split(' ')) {
    if (line && line.length + 1 + word.length > length) {
      lines.push(line);
      line = word;
    } else {
      line = line ? `${line} ${word}` : word;
    }
  }
  return [...lines, line];
};

/** The properties of an object literal. */
export const properties = (lines: readonly Line[], indent = 2): string =>
  lines
    .map((line, index) => {
      const start = ' '.repeat(indent);
      if ('remark' in line) {
        const code = (line.code ?? []).map((text) => `${start}// ${text}\n`);
        // Otherwise the comment of the next option would continue it.
        const end = index < lines.length - 1 ? '\n' : '';
        return comments(line.remark, indent) + code.join('') + end;
      }
      const above = comments(line.notes ?? [], indent);
      if ('lines' in line) {
        return `${above}${start}${line.key}: {\n${properties(line.lines, indent + 2)}${start}},\n`;
      }
      const value = literal(line.value, indent, line.key.length + 2);
      return `${above}${start}${line.key}: ${value},\n`;
    })
    .join('');
