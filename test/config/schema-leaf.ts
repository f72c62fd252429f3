import { z } from 'zod';

/** Every place of a schema that holds a single value, with `*` for any key and any index. */
export const leavesOf = (schema: unknown, path = ''): string[] => {
  if (
    schema instanceof z.ZodOptional ||
    schema instanceof z.ZodDefault ||
    schema instanceof z.ZodPrefault
  ) {
    return leavesOf(schema.unwrap(), path);
  }
  if (schema instanceof z.ZodObject) {
    return Object.entries(schema.shape).flatMap(([key, inner]) =>
      leavesOf(inner, path ? `${path}.${key}` : key),
    );
  }
  if (schema instanceof z.ZodArray) return leavesOf(schema.element, `${path}.*`);
  if (schema instanceof z.ZodRecord) return leavesOf(schema.valueType, `${path}.*`);
  if (schema instanceof z.ZodUnion) {
    return [...new Set(schema.options.flatMap((one) => leavesOf(one, path)))];
  }
  return [path];
};

/** The names of the fields of each list of objects. */
export const shapesOf = (lists: Readonly<Record<string, unknown>>): Record<string, string[]> =>
  Object.fromEntries(
    Object.entries(lists).map(([name, list]) => [name, Object.keys(shapeOf(list))]),
  );

const shapeOf = (schema: unknown): object => {
  if (schema instanceof z.ZodOptional || schema instanceof z.ZodLazy)
    return shapeOf(schema.unwrap());
  if (schema instanceof z.ZodArray) return shapeOf(schema.element);
  if (schema instanceof z.ZodObject) return schema.shape;
  throw new Error('This is no list of objects.');
};
