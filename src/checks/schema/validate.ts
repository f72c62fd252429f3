import { suggest } from '../../model/suggestion.js';
import type { Alternative, Schema, Schemas } from './schema.js';
import { allowedBy, faultOf, type ValueFault } from './value.js';

/** What is wrong inside an object, and where. */
export interface Fault extends ValueFault {
  /** Such as `spec.ports[0].name`. */
  readonly path: string;
  readonly value?: unknown;
}

type Definitions = Schemas['definitions'];
type Fields = Readonly<Record<string, unknown>>;

/** All that is wrong with a value: one fault for each thing to mend. */
export const validate = (
  value: unknown,
  schema: Schema,
  definitions: Definitions,
  path = '',
): Fault[] => {
  const resolved = resolve(schema, definitions);
  const fault = faultOf(value, resolved);
  if (fault) return [{ path, value, ...fault }];
  if (Array.isArray(value)) {
    const { items } = resolved;
    if (!items) return [];
    return value.flatMap((item, index) => validate(item, items, definitions, `${path}[${index}]`));
  }
  return typeof value === 'object' && value !== null
    ? validateFields(value as Fields, resolved, definitions, path)
    : [];
};

const validateFields = (
  fields: Fields,
  schema: Schema,
  definitions: Definitions,
  path: string,
): Fault[] => {
  const { properties = {}, additionalProperties, propertyNames, oneOf, anyOf } = schema;
  const faults: Fault[] = [];
  const meant = new Set<string>();
  for (const [name, value] of Object.entries(fields)) {
    if (value === undefined) continue;
    const at = join(path, name);
    const field = Object.hasOwn(properties, name) ? properties[name] : additionalProperties;
    if (propertyNames && faultOf(name, propertyNames)) {
      const remedy = `Rename it to ${allowedBy(propertyNames)}.`;
      faults.push({ path: at, value: name, message: 'This name is not allowed.', remedy });
    } else if (field === false) {
      const fault = unknownField(at, name, value, Object.keys(properties));
      if (fault.suggestion) meant.add(fault.suggestion);
      faults.push(fault);
    } else if (field) {
      faults.push(...validate(value, field, definitions, at));
    }
  }
  // A misspelt field is one fault, not an unknown field and a missing one.
  const has = (name: string) => fields[name] !== undefined || meant.has(name);
  for (const name of schema.required ?? []) {
    if (has(name)) continue;
    const allowed = allowedBy(resolve(properties[name] ?? {}, definitions));
    const message = 'This required field is missing.';
    faults.push({ path: join(path, name), message, remedy: `Set it to ${allowed}.` });
  }
  const alternatives = [oneOf && unmet(oneOf, has, true), anyOf && unmet(anyOf, has, false)];
  return [...faults, ...alternatives.flatMap((fault) => (fault ? [{ path, ...fault }] : []))];
};

const unknownField = (
  path: string,
  name: string,
  value: unknown,
  known: readonly string[],
): Fault => {
  const suggestion = suggest(name, known);
  const isShort = known.length > 0 && known.length <= 12;
  return {
    path,
    value,
    message: 'There is no such field.',
    remedy: isShort ? `Use one of ${known.join(', ')}, or remove it.` : 'Rename it, or remove it.',
    ...(suggestion ? { suggestion } : {}),
  };
};

const unmet = (
  alternatives: readonly Alternative[],
  has: (name: string) => boolean,
  exclusive: boolean,
): ValueFault | undefined => {
  const list = () => alternatives.map(({ required }) => required.join(' with ')).join(', ');
  const count = alternatives.filter(({ required }) => required.every(has)).length;
  if (count === 0)
    return { message: 'A required field is missing.', remedy: `Set one of ${list()}.` };
  return exclusive && count > 1
    ? { message: 'These fields exclude each other.', remedy: `Set only one of ${list()}.` }
    : undefined;
};

const resolve = (schema: Schema, definitions: Definitions): Schema => {
  if (!schema.$ref) return schema;
  const definition = definitions[schema.$ref.replace('#/definitions/', '')];
  if (!definition) throw new Error(`The schemas refer to ${schema.$ref}, which they do not hold.`);
  return definition;
};

const join = (path: string, name: string): string => {
  if (!/^[\w$-]+$/.test(name)) return `${path}['${name}']`;
  return path ? `${path}.${name}` : name;
};
