import { z } from 'zod';

/**
 * The allowed values, as text that completes the sentence "Set it to …" (see `remedyFor`). For an unknown option, the
 * known names, separated by spaces.
 */
export const allowed: z.core.$ZodErrorMap = (issue) => {
  if (issue.code === 'invalid_value') return oneOf(issue.values.map(quoted));
  if (issue.code === 'invalid_union' && 'options' in issue) {
    const kinds = (issue.options as unknown[]).filter((one) => one !== undefined);
    return oneOf(kinds.map(quoted));
  }
  if (issue.code === 'unrecognized_keys') return namesOf(issue.schema as z.ZodType).join(' ');
  if (issue.code === 'too_small' && issue.origin === 'array') {
    return `a list of at least ${issue.minimum} ${issue.minimum === 1 ? 'item' : 'items'}`;
  }
  const schema = issue.schema as z.ZodType | undefined;
  if (
    issue.code === 'invalid_format' &&
    issue.format === 'regex' &&
    !(schema && ownTextOf(schema))
  ) {
    return `a string that matches ${issue.pattern}`;
  }
  return describe(schema);
};

/**
 * The remedy for an invalid value, from the text of a schema: the allowed values, `nothing: ` and why it must be
 * removed, or `corrected: ` and what is wrong.
 */
export const remedyFor = (text: string): string => {
  const [, start, rest] = /^(nothing|corrected): (.*)$/s.exec(text) ?? [];
  if (start === undefined) return `Set it to ${text}.`;
  return start === 'nothing' ? `Remove it: ${rest}.` : `Correct it: ${rest}.`;
};

/** Joins alternatives for a sentence: `a, b or c`. */
export const oneOf = (values: readonly string[], or = 'or'): string =>
  values.length < 2 ? values.join('') : `${values.slice(0, -1).join(', ')} ${or} ${values.at(-1)}`;

/** A value as it is written in the configuration. */
export const quoted = (value: unknown): string =>
  typeof value === 'string' ? `'${value}'` : String(value);

/** The option names that a schema knows. */
const namesOf = (schema: z.ZodType): readonly string[] => {
  if (schema instanceof z.ZodObject) {
    return Object.keys(schema.shape).filter((name) => !isRefused(schema.shape[name]));
  }
  return schema instanceof z.ZodRecord && schema.keyType instanceof z.ZodEnum
    ? schema.keyType.options.map(String)
    : [];
};

/** Whether a schema knows a field only to explain what to use instead. */
const isRefused = (schema: unknown): boolean =>
  schema instanceof z.ZodOptional && schema.unwrap() instanceof z.ZodUndefined;

/** The allowed values of a schema. */
export const describe = (schema: z.ZodType | undefined): string => oneOf(alternatives(schema));

const alternatives = (schema: z.ZodType | undefined): string[] => {
  const own = schema && ownTextOf(schema);
  if (own) return [own];
  if (schema instanceof z.ZodLazy) return alternatives(schema.unwrap() as z.ZodType);
  if (schema instanceof z.ZodPipe) return alternatives(schema.out as z.ZodType);
  if (schema instanceof z.ZodEnum) return schema.options.map(quoted);
  if (schema instanceof z.ZodLiteral) return [...schema.values].map(quoted);
  if (schema instanceof z.ZodDiscriminatedUnion) return [unionByKind(schema)];
  if (schema instanceof z.ZodUnion) {
    return schema.options.flatMap((one) => alternatives(one as z.ZodType));
  }
  return [single(schema)];
};

const single = (schema: z.ZodType | undefined): string => {
  if (schema instanceof z.ZodString) return text(schema);
  if (schema instanceof z.ZodStringFormat) return `a valid ${schema.def.format}`;
  if (schema instanceof z.ZodNumber) return number(schema);
  if (schema instanceof z.ZodBoolean) return 'true or false';
  if (schema instanceof z.ZodTemplateLiteral) return quoted(patternOf(schema));
  if (schema instanceof z.ZodArray) return list(schema);
  if (schema instanceof z.ZodObject) return object(schema);
  return schema instanceof z.ZodRecord ? 'an object' : 'another value';
};

/** The text that a schema declares for itself. */
const ownTextOf = (schema: z.ZodType): string | undefined => {
  const own = schema.def.error?.(undefined as never);
  return typeof own === 'string' ? own : own?.message;
};

const text = ({ minLength, maxLength }: z.ZodString): string => {
  if (maxLength !== null) return `a string of ${minLength ?? 0} to ${maxLength} characters`;
  if (minLength === null) return 'a string';
  return minLength === 1
    ? 'a string that is not empty'
    : `a string of at least ${minLength} characters`;
};

const number = ({ minValue, maxValue, isInt }: z.ZodNumber): string => {
  const kind = isInt ? 'a whole number' : 'a number';
  const least = isBound(minValue) ? minValue : undefined;
  const most = isBound(maxValue) ? maxValue : undefined;
  if (least === undefined) return most === undefined ? kind : `${kind} of at most ${most}`;
  return most === undefined ? `${kind} of at least ${least}` : `${kind} from ${least} to ${most}`;
};

const isBound = (value: number | null): value is number =>
  value !== null && Math.abs(value) < Number.MAX_SAFE_INTEGER;

const list = ({ element }: z.ZodArray): string => {
  return `a list, each item ${describe(element as z.ZodType)}`;
};

const object = ({ shape }: z.ZodObject): string => {
  const required = Object.keys(shape).filter((key) => isRequired(shape[key]!));
  return required.length > 0 ? `an object with ${oneOf(required, 'and')}` : 'an object';
};

/** A lazy or preprocessed value is required if its schema requires it. */
const isRequired = (schema: z.core.$ZodType): boolean => {
  if (schema instanceof z.ZodLazy) return isRequired(schema.unwrap());
  return schema instanceof z.ZodPipe && schema.in instanceof z.ZodTransform
    ? isRequired(schema.out)
    : schema._zod.optin === undefined;
};

const unionByKind = (schema: z.ZodDiscriminatedUnion): string => {
  const { discriminator } = schema.def;
  const kinds = [...(schema._zod.propValues?.[discriminator] ?? [])].filter(
    (kind) => kind !== undefined,
  );
  return `an object whose ${discriminator} is ${oneOf(kinds.map(quoted))}`;
};

const patternOf = (schema: z.ZodTemplateLiteral): string =>
  schema.def.parts.map((part) => (typeof part === 'string' ? part : '…')).join('');
