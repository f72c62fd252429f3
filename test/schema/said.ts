import { z } from 'zod';
import { type EngineTypes, fieldsOf } from '../../src/schema/engine-schema.js';

/** Every field that a type of an engine accepts, and that no value sets, as `Type.field`. */
export const unsaid = (
  types: EngineTypes,
  schemaOf: (type: string) => z.ZodType,
  type: string,
  values: readonly unknown[],
): string[] => {
  const taken = new Set<string>();
  const said = new Set<string>();
  const visit = (is: string, all: readonly unknown[]): void => {
    const [, list, inner] = /^(\[\]|\{.*?\})(.*)$/.exec(is) ?? [];
    if (list && inner) {
      const items = all.flatMap((one) => Object.values(one as object));
      visit(
        inner,
        items.filter((one) => !isReference(one)),
      );
      return;
    }
    if (!(is in types) || all.length === 0) return;
    const shape = shapeOf(schemaOf(is)) ?? {};
    for (const [field, of] of Object.entries(fieldsOf(types, is))) {
      if (!(field in shape) || isRefused(shape[field]!)) continue;
      taken.add(`${is}.${field}`);
      const given = all
        .map((one) => (one as Record<string, unknown>)[field])
        .filter((one) => one !== undefined);
      if (given.length > 0) said.add(`${is}.${field}`);
      const inside = given.filter((one) => !isReference(one));
      if (inside.length > 0) visit(of, inside);
    }
  };
  visit(type, values);
  return [...taken].filter((field) => !said.has(field));
};

const isReference = (value: unknown): boolean =>
  typeof value === 'object' && value !== null && 'secret' in value && 'key' in value;

export const shapeOf = (schema: z.ZodType): Readonly<Record<string, z.ZodType>> | undefined => {
  const struct = schema instanceof z.ZodLazy ? schema.unwrap() : schema;
  const inner = struct instanceof z.ZodPipe ? struct.out : struct;
  return inner instanceof z.ZodObject ? inner.shape : undefined;
};

export const isRefused = (schema: z.ZodType): boolean =>
  schema instanceof z.ZodOptional && schema.unwrap() instanceof z.ZodUndefined;
