import { z } from 'zod';
import { definitions } from '../../../src/components/index.js';
import { secretReference } from '../../../src/config/fields.js';
import { certificateAuthority } from '../../../src/config/outgoing-proxy.js';
import { place } from '../../../src/config/place.js';
import { describe } from '../../../src/schema/allowed.js';
import type { Documentation, Documented } from './documentation.js';

/** An option of an environment. */
export interface Option {
  /** Such as `cluster.apiServer.endpointPort` or `alerting.receivers[].name`. */
  readonly path: string;
  /** The alternatives that have it. @default - all */
  readonly kinds?: readonly string[];
  /** The allowed values, with the unit and an example. */
  readonly allowed: string;
  readonly required: boolean;
  /** The value in the schema. @default - none, or one that is not plain */
  readonly default?: string;
  readonly documentation?: Documentation;
}

/** Values that many options have: the page describes them once, below a heading. */
export const shared = [
  { heading: 'Places', text: 'a [place](#places)', schema: place },
  {
    heading: 'References to Secrets',
    text: 'a [reference to a Secret](#references-to-secrets)',
    schema: secretReference,
  },
  {
    heading: 'Certificate authorities',
    text: 'a [certificate authority](#certificate-authorities)',
    schema: certificateAuthority,
  },
] as const;

/** The options of a schema and of the schemas in it, in the order of their declaration. */
export const optionsOf = (
  schema: z.ZodType,
  documented: Documented | undefined,
  path = '',
  outer: readonly z.ZodType[] = [],
): Option[] => {
  const value = unwrapped(schema);
  if (outer.includes(value) || (path !== '' && sharedText(value))) return [];
  const inner = [...outer, value];
  if (value instanceof z.ZodArray) {
    return optionsOf(value.element as z.ZodType, documented?.items(), `${path}[]`, inner);
  }
  if (value instanceof z.ZodRecord) {
    return optionsOf(value.valueType as z.ZodType, documented?.items(), `${path}.NAME`, inner);
  }
  if (value instanceof z.ZodObject) return fieldsOf([value], documented, path, inner);
  if (value instanceof z.ZodUnion) {
    const options = value.options.map((one) => unwrapped(one as z.ZodType));
    const objects = options.flatMap((one) =>
      one instanceof z.ZodObject && !sharedText(one) ? one : [],
    );
    const lists = options.filter((one) => one instanceof z.ZodUnion || one instanceof z.ZodArray);
    return [
      ...fieldsOf(objects, documented, path, inner),
      ...lists.flatMap((one) => optionsOf(one, documented, path, inner)),
    ];
  }
  return [];
};

/** The fields of alternatives: each once, or once for the kinds in which it is the same. */
const fieldsOf = (
  alternatives: readonly z.ZodObject[],
  documented: Documented | undefined,
  path: string,
  outer: readonly z.ZodType[],
): Option[] => {
  const names = [...new Set(alternatives.flatMap(({ shape }) => Object.keys(shape)))];
  return names.flatMap((name) => {
    const isTag = alternatives.length > 1 && ['kind', 'capability'].includes(name);
    const having = alternatives.filter(({ shape }) => name in shape);
    if (isTag || isRefused(having[0]!.shape[name] as z.ZodType)) return [];
    const all = having.map(({ shape }): Option[] => {
      const schema = shape[name] as z.ZodType;
      const kind = kindIn(shape);
      const option = documented?.option(name, kind) ?? documented?.option(name);
      if (documented && !isOurs(option?.documentation)) return [];
      const own = path === '' ? name : `${path}.${name}`;
      return [
        {
          path: own,
          ...(kind !== undefined && { kinds: [kind] }),
          allowed: allowedText(schema),
          required:
            isRequired(schema) &&
            // A value is added before the schema validates it.
            !option?.documentation?.isOptional &&
            (having.length === alternatives.length || kind !== undefined),
          ...defaultOf(schema),
          ...(option?.documentation && { documentation: option.documentation }),
        },
        ...optionsOf(schema, option, own, outer),
      ];
    });
    const kinds = having.flatMap(({ shape }) => kindIn(shape) ?? []);
    // Without a kind in one of them, the alternatives cannot be told apart.
    if (kinds.length < having.length) {
      const [field, ...inner] = all[0]!;
      if (!field) return [];
      const { kinds: _, ...first } = field;
      const isOfSome = having.length < alternatives.length && kinds.length > 0;
      return [isOfSome ? { ...first, kinds } : first, ...inner];
    }
    const texts = all.map((one) => JSON.stringify(withoutKinds(one)));
    return [...new Set(texts)].flatMap((text) => {
      const same = all.filter((_, index) => texts[index] === text);
      const [field, ...inner] = same[0]!;
      if (!field) return [];
      const { kinds: _, ...first } = field;
      const those = same.flatMap(([one]) => one?.kinds ?? []);
      return [those.length < alternatives.length ? { ...first, kinds: those } : first, ...inner];
    });
  });
};

/** The options of a field, without the kind that has the field and the file of its schema. */
const withoutKinds = ([first, ...inner]: readonly Option[]) => [
  { ...first, kinds: undefined, documentation: { ...first?.documentation, file: undefined } },
  ...inner,
];

/** Fields of the engines have documentation of their own. */
const isOurs = (documentation: Documentation | undefined): boolean =>
  /^src\/(applications|components|config|content|environment|model)\/(?!.*\/native-module)/.test(
    documentation?.file ?? '',
  );

const kindIn = (shape: z.core.$ZodShape): string | undefined =>
  kindOf((shape.kind ?? shape.capability) as z.ZodType | undefined);

const kindOf = (schema: z.ZodType | undefined): string | undefined => {
  const value = schema && unwrapped(schema);
  return value instanceof z.ZodLiteral ? `${[...value.values][0]}` : undefined;
};

/** A field that exists only to say what to use instead. */
const isRefused = (schema: z.ZodType): boolean => unwrapped(schema) instanceof z.ZodUndefined;

/** The schema of the value itself. */
const unwrapped = (schema: z.ZodType): z.ZodType => {
  if (
    schema instanceof z.ZodOptional ||
    schema instanceof z.ZodDefault ||
    schema instanceof z.ZodPrefault ||
    schema instanceof z.ZodReadonly
  ) {
    return unwrapped(schema.unwrap() as z.ZodType);
  }
  if (schema instanceof z.ZodPipe) return unwrapped(schema.out as z.ZodType);
  if (schema instanceof z.ZodLazy) return unwrapped(schema.unwrap() as z.ZodType);
  return schema;
};

const sharedText = (value: z.ZodType): string | undefined =>
  shared.find(({ schema }) => schema === value)?.text;

const allowedText = (schema: z.ZodType): string => {
  const value = unwrapped(schema);
  if (value instanceof z.ZodArray) {
    const text = sharedText(unwrapped(value.element as z.ZodType));
    if (text) return `a list, each item ${text}`;
  }
  return sharedText(value) ?? describe(value);
};

const isRequired = (schema: z.ZodType): boolean =>
  !(schema instanceof z.ZodLazy) && schema._zod.optin === undefined;

const defaultOf = (schema: z.ZodType): { readonly default?: string } => {
  const found = schema instanceof z.ZodOptional ? (schema.unwrap() as z.ZodType) : schema;
  if (!(found instanceof z.ZodDefault)) return {};
  const value = JSON.stringify(found.def.defaultValue);
  if (value === undefined || value.length > 60) return {};
  const code = value.replace(/"(\w+)":/g, '$1: ').replace(/^\{(.+)\}$/, '{ $1 }');
  return { default: code.replaceAll('"', "'") };
};

/** The values of an option in the sizes, if it has some: `small`, `medium` and `large`. */
export const sizesOf = (path: string): readonly string[] | undefined => {
  const [key = '', name = '', ...more] = path.split('.');
  const definition = Object.entries(definitions).find(([one]) => one === key)?.[1];
  if (!definition || more.length > 0) return undefined;
  const values = Object.values(definition.sizes as Readonly<Record<string, object>>).map(
    (size) => (size as Readonly<Record<string, unknown>>)[name],
  );
  return values.every((one) => typeof one === 'string' || typeof one === 'number')
    ? values.map(String)
    : undefined;
};
