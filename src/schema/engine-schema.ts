import { z } from 'zod';
import { memoize } from '../model/memoize.js';
import { asText, path } from './format.js';
import { eitherOf, type Refinement, refused } from './refinement.js';

/** The types of an engine's configuration file, as `npx tsx tools/schema.ts` reads them from its sources. */
export type EngineTypes = Readonly<
  Record<string, readonly string[] | Readonly<Record<string, string>>>
>;

/** The configuration types of an engine. */
export interface Engine {
  readonly types: EngineTypes;
  /** The schemas of types that are not structs, or that have their own parser. */
  readonly scalars: Readonly<Record<string, z.ZodType>>;
  /** The required fields by type. */
  readonly needed: Readonly<Record<string, readonly string[]>>;
}

/** What the Go type does not show: what its method `UnmarshalYAML` rejects, and what Crowsnest rejects. */
export interface TypeRule {
  /** Required fields. */
  readonly needed?: readonly string[];
  /** Schemas of fields that are stricter than the Go type. */
  readonly fields?: Readonly<Record<string, z.ZodType | ((of: SchemaOf) => z.ZodType)>>;
  /** Rejected fields, each with the text of the remedy. */
  readonly refused?: Readonly<Record<string, string>>;
  /** Fields that the engine no longer has, or that belong to another format, each with what to use instead. */
  readonly gone?: Readonly<Record<string, string>>;
  /** Fields of Crowsnest beside those of the engine. */
  readonly ours?: Readonly<Record<string, z.ZodType>>;
  /** Fields that are not secrets, and that a key of a Secret can hold. */
  readonly secret?: readonly string[];
  readonly refinements?: readonly Refinement[];
}

/** The schema of a type. */
type SchemaOf = (type: string) => z.ZodType;

/** The rules by type. */
export type TypeRules = Readonly<Record<string, TypeRule>>;

/** Merges two sets of rules; for a field in both, the second applies. */
export const bothRules = (first: TypeRules, second: TypeRules): TypeRules => {
  const both = { ...first };
  for (const [type, rule] of Object.entries(second)) {
    const { needed = [], fields, refused, gone, ours, ...lists } = first[type] ?? {};
    const { secret = [], refinements = [] } = lists;
    both[type] = {
      needed: [...needed, ...(rule.needed ?? [])],
      fields: { ...fields, ...rule.fields },
      refused: { ...refused, ...rule.refused },
      gone: { ...gone, ...rule.gone },
      ours: { ...ours, ...rule.ours },
      secret: [...secret, ...(rule.secret ?? [])],
      refinements: [...refinements, ...(rule.refinements ?? [])],
    };
  }
  return both;
};

/**
 * Returns a function that gives the schema of a type, made at the first use. `reference` is the schema
 * of a key of a Secret. Without it, a secret is the path of a file, as in the engine's own file.
 */
export const engineSchema = (
  { types, scalars, needed }: Engine,
  special: TypeRules,
  reference?: z.ZodType,
): SchemaOf => {
  const rules = bothRules(
    Object.fromEntries(Object.entries(needed).map(([type, names]) => [type, { needed: names }])),
    special,
  );
  const made = new Map<string, z.ZodType>();
  for (const type of Object.keys(rules)) {
    if (!(type in types)) throw new Error(`A rule is about the unknown type ${type}.`);
  }

  const schemaOf: SchemaOf = (type) => {
    const schema = scalars[type] ?? made.get(type) ?? composed(type) ?? declared(type);
    made.set(type, schema);
    return schema;
  };

  const composed = (type: string): z.ZodType | undefined => {
    const [, key, values] = /^\{(.*?)\}(.*)$/.exec(type) ?? [];
    if (type.startsWith('[]')) return z.array(asText(schemaOf(type.slice(2))));
    return values === undefined
      ? undefined
      : z.record(key ? (scalars[key] as z.ZodString) : z.string(), asText(schemaOf(values)));
  };

  const declared = (type: string): z.ZodType => {
    const definition = types[type];
    if (definition === undefined) throw new Error(`Unknown type ${type}.`);
    return isEnum(definition) ? z.enum(definition) : z.lazy(() => struct(type));
  };

  const struct = (type: string): z.ZodType => {
    const own = rulesOf(types, rules, type);
    const fields = fieldsOf(types, type);
    for (const { needed = [], secret = [], ...named } of own) {
      const names = [...Object.keys({ ...named.fields, ...named.refused }), ...needed, ...secret];
      const unknown = names.find((name) => !(name in fields));
      if (unknown) throw new Error(`A rule is about the unknown field ${unknown} of ${type}.`);
    }
    const shape: Record<string, z.ZodType> = {};
    const refinements = own.flatMap(({ refinements = [] }) => refinements);
    for (const [name, is] of Object.entries(fields)) {
      const made = field(name, is, fields, own);
      for (const [key, schema] of made) shape[key] = schema;
      if (made.length === 2) refinements.push(eitherOf(name, isNeeded(name, own)));
    }
    for (const { ours = {}, gone = {} } of own) {
      for (const [name, use] of Object.entries(gone)) shape[name] = refused(`nothing: ${use}`);
      Object.assign(shape, ours);
    }
    const schema = z.strictObject(shape).superRefine((value, context) => {
      for (const one of refinements) one(value, context);
    });
    // A secret without a value was left out, or never filled in.
    const optional = Object.keys(shape).filter((name) => !fields[name]?.includes('Secret'));
    return z.preprocess((value) => withoutNull(value, optional), schema);
  };

  const field = (
    name: string,
    is: string,
    fields: Readonly<Record<string, string>>,
    own: readonly TypeRule[],
  ): (readonly [string, z.ZodType])[] => {
    const entry = (key: string, schema: z.ZodType) =>
      [key, isNeeded(name, own) ? neededField(schema) : optionalField(schema)] as const;
    const given = own.find(({ fields = {} }) => name in fields)?.fields?.[name];
    const special = typeof given === 'function' ? given(schemaOf) : given;
    const instead = own.find(({ refused = {} }) => name in refused)?.refused?.[name];
    if (instead !== undefined) return [[name, refused(instead)]];
    if (isFileOf(name, fields)) {
      const value = name.slice(0, -'_file'.length);
      const other = own.find(({ refused = {} }) => value in refused)?.refused?.[value];
      return reference ? [[name, refused(other ?? inSecret(value))]] : [];
    }
    if (isManaged(name, fields)) return [];
    const isSecret = is.includes('Secret') || own.some((rule) => rule.secret?.includes(name));
    const hasFile = `${name}_file` in fields;
    const plain = special ?? (isSecret ? undefined : schemaOf(is));
    if (!hasFile) return [plain ? entry(name, plain) : [name, refused(fromNoFile)]];
    if (!plain) return [reference ? entry(name, reference) : entry(`${name}_file`, path)];
    // Not a secret, but a Secret can hold it, such as the certificate of a key.
    return reference
      ? [entry(name, z.union([plain, reference]))]
      : [
          [name, optionalField(plain)],
          [`${name}_file`, optionalField(path)],
        ];
  };

  return schemaOf;
};

const fromNoFile = 'nothing: it is a secret, and the engine cannot read it from a file';

const inSecret = (value: string): string =>
  `nothing: set ${value}: { secret, key }, which is mounted as a file`;

/** An optional field without a value, below which a file has only comments, is absent. */
const withoutNull = (value: unknown, optional: readonly string[]): unknown => {
  if (typeof value !== 'object' || value === null || Array.isArray(value)) return value;
  const entries = Object.entries(value);
  const present = entries.filter(([key, one]) => one !== null || !optional.includes(key));
  return present.length < entries.length ? Object.fromEntries(present) : value;
};

const isEnum = (definition: EngineTypes[string]): definition is readonly string[] =>
  Array.isArray(definition);

/** The fields of a type, including those of embedded types. */
export const fieldsOf = (types: EngineTypes, type: string): Readonly<Record<string, string>> =>
  Object.fromEntries(
    Object.entries(types[type] ?? {}).flatMap(([name, is]) =>
      name.startsWith('...') ? Object.entries(fieldsOf(types, is)) : [[name, is]],
    ),
  );

/** The rules of a type, after those of its embedded types. */
const rulesOf = (types: EngineTypes, rules: TypeRules, type: string): readonly TypeRule[] => [
  ...(rules[type] ? [rules[type]] : []),
  ...Object.entries(types[type] ?? {}).flatMap(([name, is]) =>
    name.startsWith('...') ? rulesOf(types, rules, is) : [],
  ),
];

const isNeeded = (name: string, own: readonly TypeRule[]): boolean =>
  own.some(({ needed = [] }) => needed.includes(name));

const isFileOf = (name: string, fields: Readonly<Record<string, string>>): boolean =>
  name.endsWith('_file') && name.slice(0, -'_file'.length) in fields;

/** Fields of secret managers: the released engines are built without them. */
const isManaged = (name: string, fields: Readonly<Record<string, string>>): boolean =>
  name.endsWith('_ref') && name.slice(0, -'_ref'.length) in fields;

const filled = (schema: z.ZodType): z.ZodType =>
  schema instanceof z.ZodString ? schema.min(1) : schema;

const optional = (schema: z.ZodType): z.ZodType =>
  schema instanceof z.ZodDefault || schema instanceof z.ZodOptional ? schema : schema.optional();

// Most fields have one of a few types.
const neededField = memoize((schema: z.ZodType) => asText(filled(schema)));
const optionalField = memoize((schema: z.ZodType) => optional(asText(schema)));
