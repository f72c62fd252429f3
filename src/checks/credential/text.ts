import { isCredentialName, isLiteral, mayNameCredential } from '../../model/credential.js';

/** A literal under the name of a credential. */
export interface Literal {
  readonly name: string;
  readonly value: string;
}

// A line of YAML, of an INI file or of an environment; a nested name has no value beside it.
const line =
  /^[ \t]*(?:-[ \t]+)*(?:export[ \t]+)?(?:(["'])([\w./ -]+)\1|([\w./-]+))[ \t]*(?:=|:(?=[ \t]|$))[ \t]*(.*)$/;
// An entry of JSON, or of a YAML map in one line, however often it is escaped.
const entry =
  /[{,]\s*(?:\\*["']([\w./-]+)\\*["']|([\w./-]+))\s*:\s*(?:\\*"((?:[^"\\]|\\.)*?)\\*"|\\*'([^']*?)\\*'|([^\s"'{}[\],]+))/g;

/** The literals in a configuration file, whatever its format. */
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
    if (isCredentialName(name)) add(name, scalar(rest) || blockBelow(rest, one, lines[index + 1]));
    for (const [, key, bareKey, double, single, bare] of one.matchAll(entry)) {
      add(key ?? bareKey ?? '', double ?? single ?? bare ?? '');
    }
  });
  return [...found.values()];
};

/** What a line says, without quotes and comments; nothing where it opens a map, list or block. */
const scalar = (rest: string): string => {
  const quoted = /^(["'])(.*?)\1[ \t]*,?[ \t]*(?:[#;].*)?$/.exec(rest);
  if (quoted) return quoted[2] ?? '';
  const plain = rest.replace(/(?:^|[ \t])[#;].*$/, '').replace(/[ \t,]+$/, '');
  return /^(?:[[{&!]|[|>][+-]?\d*$)/.test(plain) ? '' : plain;
};

/** The first line of a block that belongs to the name; nothing where it is a map or a list. */
const blockBelow = (rest: string, head: string, below = ''): string => {
  if (!/^(?:[|>][+-]?\d*)?[ \t]*$/.test(rest)) return '';
  const next = below.trimStart();
  const isDeeper = below.length - next.length > head.length - head.trimStart().length;
  if (!isDeeper) return '';
  return rest === '' && /^-|:(?:[ \t]|$)/.test(next) ? '' : next.trimEnd();
};

/** The literals among arguments: `--password=x`, `--password x`, `PASSWORD=x`, and in scripts. */
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
    // What a command or a variable gives is no literal.
    return isCredentialName(name) && isLiteral(bare) && !/^[$`]/.test(bare)
      ? [{ name, value: bare }]
      : [];
  });
  return assigned.length > 0 ? assigned : literalsIn(text);
};
