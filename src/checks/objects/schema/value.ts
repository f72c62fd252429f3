import { suggest } from '../../../model/suggestion.js';
import type { SchemaFault } from './faults.js';
import { formats } from './format.js';
import type { Schema, Type } from './schema.js';

/** A fault of a value, without its place. */
export type ValueFault = Omit<SchemaFault, 'path' | 'value'>;

/** A fault of the value itself, not of its content. */
export const faultOf = (value: unknown, schema: Schema): ValueFault | undefined => {
  const types = typesOf(schema);
  if (value === null && types.length > 0) {
    return {
      fault: 'null-value',
      remedy: `Set it to ${allowedBy(schema)}, or remove the field.`,
    };
  }
  if (types.length > 0 && !types.some((type) => isOfType(value, type))) {
    return {
      fault: 'wrong-type',
      message: `The value must be ${namesOf(types)}, not ${typeOf(value)}.`,
      ...mending(schema, converted(value, types)),
    };
  }
  if (!isAllowed(value, schema)) {
    const nearest = schema.enum ? suggest(`${value}`, schema.enum) : converted(value, types);
    return { fault: 'invalid-value', ...mending(schema, nearest) };
  }
  return undefined;
};

/** The values that a schema allows, as a text after `Set it to `. */
export const allowedBy = (schema: Schema): string => {
  const { enum: values, pattern, format = '' } = schema;
  if (values)
    return values.length === 1
      ? `${values[0]}`
      : `one of ${values.map((one) => one || "''").join(', ')}`;
  if (pattern) return `a string that matches ${pattern}`;
  const range = rangeOf(schema);
  return !range && formats[format]
    ? formats[format].allowed
    : `${namesOf(typesOf(schema))}${range}`;
};

const mending = (schema: Schema, suggestion: string | undefined) => ({
  remedy: `Set it to ${allowedBy(schema)}.`,
  ...(suggestion === undefined ? {} : { suggestion }),
});

const isAllowed = (value: unknown, schema: Schema): boolean => {
  if (Array.isArray(value)) return isWithin(value.length, schema.minItems, schema.maxItems);
  if (typeof value !== 'string' && typeof value !== 'number') return true;
  if (schema.format && formats[schema.format]?.test(value) === false) return false;
  if (typeof value === 'number') return isWithin(value, schema.minimum, schema.maximum);
  return (
    isWithin(value.length, schema.minLength, schema.maxLength) &&
    (!schema.enum || schema.enum.includes(value)) &&
    (!schema.pattern || new RegExp(schema.pattern, 'u').test(value))
  );
};

const isWithin = (size: number, low = -Infinity, high = Infinity): boolean =>
  size >= low && size <= high;

const rangeOf = (schema: Schema): string =>
  between(' of', 'items', schema.minItems, schema.maxItems) ||
  between(' of', 'characters', schema.minLength, schema.maxLength) ||
  between('', '', schema.minimum, schema.maximum);

const between = (of: string, unit: string, low?: number, high?: number): string => {
  if (low === undefined && high === undefined) return '';
  if (low === undefined) return `${of} at most ${high} ${unit}`.trimEnd();
  if (high === undefined) return `${of} at least ${low} ${unit}`.trimEnd();
  return `${of || ' from'} ${low} to ${high} ${unit}`.trimEnd();
};

const names: Readonly<Record<Type, string>> = {
  object: 'an object',
  array: 'a list',
  string: 'a string',
  integer: 'an integer',
  number: 'a number',
  boolean: 'a boolean',
};

const typesOf = ({ type = [] }: Schema): readonly Type[] =>
  typeof type === 'string' ? [type] : type;

const namesOf = (types: readonly Type[]): string =>
  types.map((type) => names[type]).join(' or ') || 'a value';

const typeOf = (value: unknown): string =>
  Array.isArray(value) ? names.array : (names[typeof value as Type] ?? typeof value);

const isOfType = (value: unknown, type: Type): boolean => {
  if (type === 'integer') return Number.isInteger(value);
  if (type === 'array' || Array.isArray(value)) return type === 'array' && Array.isArray(value);
  return typeof value === type;
};

/** The value converted to the expected type, if that is possible. */
const converted = (value: unknown, types: readonly Type[]): string | undefined => {
  if (typeof value === 'object') return undefined;
  if (typeof value !== 'string')
    return types.includes('string') ? JSON.stringify(String(value)) : undefined;
  const isNumber = /^-?\d+$/.test(value) && types.includes('integer');
  const isBoolean = /^(true|false)$/.test(value) && types.includes('boolean');
  return isNumber || isBoolean ? value : undefined;
};
