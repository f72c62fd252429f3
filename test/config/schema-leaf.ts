import { z } from 'zod';

/** Every path of a schema with a single value, with `*` for any key and any index. */
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
