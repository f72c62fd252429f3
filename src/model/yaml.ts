import { load } from 'js-yaml';
import { Document, Scalar, visit } from 'yaml';
import { once, onceForText } from './once.js';

/**
 * YAML as the library writes it, in a sixth of its time: most strings need no quotes, and of the
 * others alone it is asked. The test holds that the bytes are the same.
 */
export const toYaml = (value: unknown): string => {
  if (!isBlock(value)) return byLibrary(value);
  return Array.isArray(value) ? items(value, '') : entries(value as object, '');
};

/** The YAML of an object that does not change any more, written once. */
export const yamlOf = once((object: object): string => toYaml(object));

/** What a document of YAML 1.2 says, read once; throws where it is none. */
export const fromYaml: (text: string) => unknown = onceForText((text) => load(text));

type Mapping = Readonly<Record<string, unknown>>;

const entries = (mapping: object, indent: string): string =>
  Object.entries(mapping as Mapping)
    .filter(([, value]) => value !== undefined)
    .map(([name, value]) => {
      const key = plainKey.test(name) && !word.test(name) ? `${name}:` : keyByLibrary(name);
      if (!isBlock(value)) return `${key} ${scalar(value, indent)}\n`;
      const inner = `${indent}  `;
      const block = Array.isArray(value) ? items(value, inner) : entries(value as object, inner);
      return `${key}\n${inner}${block}`;
    })
    .join(indent);

const items = (list: readonly unknown[], indent: string): string =>
  list
    .map((value) => {
      if (!isBlock(value)) return `- ${scalar(value, indent)}\n`;
      const inner = `${indent}  `;
      return `- ${Array.isArray(value) ? items(value, inner) : entries(value as object, inner)}`;
    })
    .join(indent);

const isBlock = (value: unknown): boolean =>
  typeof value === 'object' &&
  value !== null &&
  (Array.isArray(value) ? value : Object.values(value).filter((one) => one !== undefined)).length >
    0;

const scalar = (value: unknown, indent: string): string => {
  if (typeof value === 'string') {
    if (plain.test(value) && !word.test(value)) return value;
    if (literal.test(value)) return `|\n${indent}  ${below(value.slice(0, -1), `${indent}  `)}`;
    // Below a key, where the lines of a text are indented as they will be here.
    const text = byLibrary({ k: value }).slice('k: '.length, -1);
    return value.includes('\n') ? text.replace(/\n(?=.)/g, `\n${indent}`) : text;
  }
  if (value === null || value === undefined) return 'null';
  if (typeof value === 'boolean' || (Number.isSafeInteger(value) && value !== 0)) return `${value}`;
  return byLibrary(value).trimEnd();
};

const below = (lines: string, indent: string): string => lines.replace(/\n+/g, `$&${indent}`);

const keyByLibrary = (name: string): string => byLibrary({ [name]: 1 }).replace(/ 1\n$/, '');

// What needs no quotes whatever reads it: it starts as no number does, and has no indicator.
const plain = /^(?:[a-z_/]|--[a-z])(?:[\w./=@+*$(),-]|:(?! |$)| (?!$))*(?<!-)$/i;
const plainKey = /^[a-z_][\w./-]*(?<!-)$/i;

// A text whose lines stand as they are: no space before the first, one end of line after the last.
const literal = /^[!-~](?:[ -~\n]*[!-~])?\n$/;

// What YAML 1.1 takes for something other than a string.
const word = /^(?:y|n|yes|no|on|off|true|false|null)$/i;

// Kubernetes reads YAML 1.1, in which `on` and `0o7` are not the strings that they are in 1.2.
const byLibrary = (value: unknown): string => {
  const document = new Document(value, {
    aliasDuplicateObjects: false,
    version: '1.2',
    compat: 'yaml-1.1',
  });
  visit(document, {
    Scalar: (_, node) => {
      const text = node.value;
      if (typeof text !== 'string' || !(numberInGo.test(text) || unprintable.test(text))) return;
      node.type = Scalar.QUOTE_DOUBLE;
    },
  });
  return document.toString({ lineWidth: 0 }).replaceAll(new RegExp(unprintable, 'g'), escaped);
};

// What kubectl's parser takes for a number beside what YAML 1.1 does.
const numberInGo = /^[-+]?0[box][\da-f_]+$/i;

// Line breaks and others that it refuses or turns into something else, even between quotes.
const unprintable = /[\x7f-\x9f\u2028\u2029\ufeff]/;

const escaped = (character: string): string =>
  `\\u${character.charCodeAt(0).toString(16).padStart(4, '0')}`;
