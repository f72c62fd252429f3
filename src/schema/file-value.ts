import { type EngineTypes, fieldsOf } from './engine-schema.js';
import type { Flat } from './engine-value.js';

/** The value of a type in an engine's configuration file; any field may be missing. */
export type FileValue<T extends EngineTypes, Type> = Type extends `[]${infer Of}`
  ? readonly FileValue<T, Of>[]
  : Type extends `{${string}}${infer Of}`
    ? Readonly<Record<string, FileValue<T, Of>>>
    : Type extends keyof T
      ? T[Type] extends readonly string[]
        ? string
        : Fields<T, Flat<T, T[Type]>>
      : Scalar<Type>;

type Fields<T extends EngineTypes, Declared> = {
  readonly [Name in keyof Declared]?: FileValue<T, Declared[Name]>;
};

type Scalar<Type> = Type extends 'int' | 'uint' | 'float'
  ? number
  : Type extends 'bool'
    ? boolean
    : Type extends 'any'
      ? unknown
      : Type extends keyof Special
        ? Special[Type]
        : string;

/** Types with their own parser whose value in a file is not a text. */
interface Special {
  readonly 'labels.Labels': Readonly<Record<string, string>>;
  readonly 'common.Matchers': readonly string[];
}

const special: Readonly<Record<keyof Special, string>> = {
  'labels.Labels': '{}string',
  'common.Matchers': '[]string',
};

/**
 * Reads a value as a type of an engine. Drops values of a wrong type and unknown fields; the schema
 * reports both.
 */
export const fileValue = <T extends EngineTypes, Type extends string>(
  types: T,
  type: Type,
  value: unknown,
): FileValue<T, Type> | undefined => read(types, type, value) as FileValue<T, Type> | undefined;

const read = (types: EngineTypes, name: string, value: unknown): unknown => {
  const type = (special as Readonly<Record<string, string>>)[name] ?? name;
  const [, list, of = ''] = /^(\[\]|\{.*?\})(.*)$/.exec(type) ?? [];
  if (list === '[]') return Array.isArray(value) ? items(types, of, value) : undefined;
  if (list) {
    return isRecord(value)
      ? present(Object.entries(value).map(([key, one]) => [key, read(types, of, one)]))
      : undefined;
  }
  const declared = types[type];
  if (declared === undefined || Array.isArray(declared)) return scalar(type, value);
  if (!isRecord(value)) return undefined;
  const fields = fieldsOf(types, type);
  return present(
    Object.entries(value).map(([key, one]) => [
      key,
      Object.hasOwn(fields, key) ? read(types, fields[key]!, one) : undefined,
    ]),
  );
};

/** The items of a list; objects keep their index. */
const items = (types: EngineTypes, of: string, list: readonly unknown[]): unknown[] =>
  of in types && !Array.isArray(types[of])
    ? list.map((one) => read(types, of, one) ?? {})
    : list.map((one) => read(types, of, one)).filter((one) => one !== undefined);

const scalar = (type: string, value: unknown): unknown => {
  if (type === 'any') return value;
  if (type === 'bool') return typeof value === 'boolean' ? value : undefined;
  if (type === 'int' || type === 'uint' || type === 'float') {
    return typeof value === 'number' ? value : undefined;
  }
  // YAML may parse as a number what the engine reads as a string.
  return ['string', 'number', 'boolean'].includes(typeof value) ? `${value}` : undefined;
};

const isRecord = (value: unknown): value is Readonly<Record<string, unknown>> =>
  typeof value === 'object' && value !== null && !Array.isArray(value);

const present = (entries: (readonly [string, unknown])[]): Record<string, unknown> =>
  Object.fromEntries(entries.filter(([, value]) => value !== undefined));
