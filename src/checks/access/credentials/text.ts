import { isCredentialName, isLiteral, mayNameCredential } from '../../../model/credential.js';

/** A literal value with the name of a credential. */
export interface Literal {
  readonly name: string;
  readonly value: string;
}

// A line of YAML, of an INI file or of an environment file. The value is empty if the name has nested content.
const line =
  /^[ \t]*(?:-[ \t]+)*(?:export[ \t]+)?(?:(["'])([\w./ -]+)\1|([\w./-]+))[ \t]*(?:=|:(?=[ \t]|$))[ \t]*(.*)$/;
// An entry of JSON, or of a YAML map in one line, with any number of escapes.
const entry =
  /[{,]\s*(?:\\*["']([\w./-]+)\\*["']|([\w./-]+))\s*:\s*\[?\s*(?:\\*"((?:[^"\\]|\\.)*?)\\*"|\\*'([^']*?)\\*'|([^\s"'{}[\],]+))/g;

/** The literals in a configuration file of any format. */
export const literalsIn = (text: string): Literal[] => {
  if (!mayNameCredential(text)) return [];
  const found = new Map<string, Literal>();
  const add = (name: string, value: string) => {
    if (isCredentialName(name) && isLiteral(value)) found.set(`${name} ${value}`, { name, value });
  };
  const lines = text.split(/\r?\n/);
  lines.forEach((one, index) => {
    if (!mayNameCredential(one)) return;
    const [, , quoted, plain, rest = ''] = line.exec(one) ?? [];
    const name = quoted ?? plain ?? '';
    if (isCredentialName(name)) {
      const below = blockBelow(rest, one, lines[index + 1]);
      add(name, scalar(rest) || below || itemBelow(rest, one, lines.slice(index + 1, index + 3)));
    }
    for (const [, key, bareKey, double, single, bare] of one.matchAll(entry)) {
      add(key ?? bareKey ?? '', double ?? single ?? bare ?? '');
    }
  });
  return [...found.values()];
};

/** The value in a line, without quotes and comments; empty if the line starts a map, a list or a block. */
const scalar = (rest: string): string => {
  const quoted = /^(["'])(.*?)\1[ \t]*,?[ \t]*(?:[#;].*)?$/.exec(rest);
  if (quoted) return quoted[2] ?? '';
  const plain = rest.replace(/(?:^|[ \t])[#;].*$/, '').replace(/[ \t,]+$/, '');
  return /^(?:[[{&!]|[|>][+-]?\d*$)/.test(plain) ? '' : plain;
};

/** The first line of the block that is the value; empty if the value is a map or a list. */
const blockBelow = (rest: string, head: string, below = ''): string => {
  if (!/^(?:[|>][+-]?\d*)?[ \t]*$/.test(rest)) return '';
  const next = below.trimStart();
  if (indentOf(below) <= indentOf(head)) return '';
  return rest === '' && /^-|:(?:[ \t]|$)/.test(next) ? '' : next.trimEnd();
};

/** The first item of the list that is the value, also in the field `values` of a header of Prometheus. */
const itemBelow = (rest: string, head: string, [first = '', second = '']: string[]): string => {
  const [, inline] = /^\[\s*["']?([^"'\],{]+)/.exec(rest) ?? [];
  if (inline !== undefined || rest !== '') return inline ?? '';
  const isValues = /^[ \t]*values:[ \t]*$/.test(first);
  const [, item = ''] = /^[ \t]*-[ \t]+(.*)$/.exec(isValues ? second : first) ?? [];
  const isDeeper = indentOf(first) > indentOf(head) || /^[ \t]*-/.test(first);
  return isDeeper && !/:(?:[ \t]|$)/.test(item) ? scalar(item) : '';
};

const indentOf = (text: string): number => text.length - text.trimStart().length;

/** The literals in arguments: `--password=x`, `--password x`, `PASSWORD=x`, and in scripts. */
export const literalsAmong = (texts: readonly string[]): Literal[] =>
  texts.flatMap((text, index) => {
    const [, flag, given] = /^--?([\w.-]+)(?:=([\s\S]*))?$/.exec(text) ?? [];
    if (flag === undefined) return scriptLiterals(text);
    const value = given ?? texts[index + 1] ?? '';
    if (given === undefined && value.startsWith('-')) return [];
    if (isCredentialName(flag) && isLiteral(value)) return [{ name: `--${flag}`, value }];
    return given === undefined ? [] : scriptLiterals(given);
  });

const assignment = /(?:^|[\s;&?"'])(--)?([A-Za-z][\w.-]*)=("[^"]*"|'[^']*'|[^\s"';&|]+)/g;

const scriptLiterals = (text: string): Literal[] => {
  if (!mayNameCredential(text)) return [];
  const assigned = [...text.matchAll(assignment)].flatMap(([, , name = '', value = '']) => {
    const bare = value.replace(/^(["'])(.*)\1$/, '$2');
    // The output of a command or the value of a variable is no literal.
    return isCredentialName(name) && isLiteral(bare) && !/^[$`]/.test(bare)
      ? [{ name, value: bare }]
      : [];
  });
  return assigned.length > 0 ? assigned : literalsIn(text);
};
