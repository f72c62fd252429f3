import { load } from 'js-yaml';
import { memoize, memoizeText } from './memoize.js';
import { lineText, scalarText } from './yaml-scalar.js';

/** A value as YAML in block style; quotes what YAML 1.1 or Kubernetes could misread. */
export const toYaml = (value: unknown): string => {
  if (!isBlock(value)) return `${scalarText(value, '')}\n`;
  return Array.isArray(value) ? items(value, '') : entries(value as Mapping, '');
};

/** The YAML of an object that does not change any more; memoized. */
export const yamlOf = memoize((object: object): string => toYaml(object));

/** The value of a YAML 1.2 document; memoized. Throws if it is invalid. */
export const fromYaml = memoizeText((text): unknown => load(text));

/**
 * A value as YAML whose value `fromYaml` knows, so that it need not parse the text: parsing what synth
 * has just written takes a tenth of its time.
 */
export const toKnownYaml = (value: unknown): string => {
  const text = toYaml(value);
  fromYaml.set(text, asParsed(value));
  return text;
};

/** A copy of a value, as its YAML is parsed: without undefined fields. */
const asParsed = (value: unknown): unknown => {
  if (Array.isArray(value)) return value.map(asParsed);
  if (typeof value !== 'object') return value ?? null;
  if (value === null) return null;
  const fields = Object.entries(value).filter(([, field]) => field !== undefined);
  return Object.fromEntries(fields.map(([name, field]) => [name, asParsed(field)]));
};

type Mapping = Readonly<Record<string, unknown>>;

const entries = (mapping: Mapping, indent: string): string => {
  let text = '';
  for (const name of Object.keys(mapping)) {
    const value = mapping[name];
    if (value === undefined) continue;
    if (text !== '') text += indent;
    text += lineText(name);
    if (isBlock(value)) {
      const inner = `${indent}  `;
      text += `:\n${inner}${Array.isArray(value) ? items(value, inner) : entries(value as Mapping, inner)}`;
    } else text += `: ${scalarText(value, indent)}\n`;
  }
  return text;
};

const items = (list: readonly unknown[], indent: string): string => {
  const inner = `${indent}  `;
  let text = '';
  for (const value of list) {
    if (text !== '') text += indent;
    if (!isBlock(value)) text += `- ${scalarText(value, indent)}\n`;
    else
      text += `- ${Array.isArray(value) ? items(value, inner) : entries(value as Mapping, inner)}`;
  }
  return text;
};

const isBlock = (value: unknown): boolean => {
  if (typeof value !== 'object' || value === null) return false;
  if (Array.isArray(value)) return value.length > 0;
  for (const name in value) if ((value as Mapping)[name] !== undefined) return true;
  return false;
};
