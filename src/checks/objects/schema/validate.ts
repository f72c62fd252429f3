import { suggest } from '../../../model/suggestion.js';
import type { SchemaFault } from './faults.js';
import type { Alternative, Schema, Schemas } from './schema.js';
import { allowedBy, faultOf, type ValueFault } from './value.js';

type Definitions = Schemas['definitions'];
type Fields = Readonly<Record<string, unknown>>;

/** All faults of a value: one for each necessary correction. */
export const validate = (
  value: unknown,
  schema: Schema,
  definitions: Definitions,
  path = '',
): SchemaFault[] => {
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
): SchemaFault[] => {
  const { properties = {}, additionalProperties, propertyNames, oneOf, anyOf } = schema;
  const faults: SchemaFault[] = [];
  const misspelt = new Set<string>();
  for (const [name, value] of Object.entries(fields)) {
    if (value === undefined) continue;
    const at = join(path, name);
    const field = Object.hasOwn(properties, name) ? properties[name] : additionalProperties;
    if (propertyNames && faultOf(name, propertyNames)) {
      const remedy = `Rename it to ${allowedBy(propertyNames)}.`;
      faults.push({ path: at, value: name, fault: 'invalid-name', remedy });
    } else if (field === false) {
      const fault = unknownField(at, name, value, Object.keys(properties));
      if (fault.suggestion) misspelt.add(fault.suggestion);
      faults.push(fault);
    } else if (field) {
      faults.push(...validate(value, field, definitions, at));
    }
  }
  // A misspelt field is one fault, not an unknown field and a missing one.
  const has = (name: string) => fields[name] !== undefined || misspelt.has(name);
  for (const name of schema.required ?? []) {
    if (has(name)) continue;
    const allowed = allowedBy(resolve(properties[name] ?? {}, definitions));
    const message = `The required field '${name}' is missing.`;
    faults.push({
      path: join(path, name),
      fault: 'missing-field',
      message,
      remedy: `Set it to ${allowed}.`,
    });
  }
  const alternatives = [oneOf && unmet(oneOf, has, true), anyOf && unmet(anyOf, has, false)];
  return [...faults, ...alternatives.flatMap((fault) => (fault ? [{ path, ...fault }] : []))];
};

const unknownField = (
  path: string,
  name: string,
  value: unknown,
  known: readonly string[],
): SchemaFault => {
  const suggestion = suggest(name, known);
  const isShort = known.length > 0 && known.length <= 12;
  return {
    path,
    value,
    fault: 'unknown-field',
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
  if (count === 0) return { fault: 'missing-field', remedy: `Set one of ${list()}.` };
  return exclusive && count > 1
    ? { fault: 'exclusive-fields', remedy: `Set only one of ${list()}.` }
    : undefined;
};

const resolve = (schema: Schema, definitions: Definitions): Schema => {
  if (!schema.$ref) return schema;
  const definition = definitions[schema.$ref.replace('#/definitions/', '')];
  if (!definition)
    throw new Error(`The schemas do not contain ${schema.$ref}, which they refer to.`);
  return definition;
};

const join = (path: string, name: string): string => {
  if (!/^[\w$-]+$/.test(name)) return `${path}['${name}']`;
  return path ? `${path}.${name}` : name;
};
