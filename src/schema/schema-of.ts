import type { z } from 'zod';

/** A type without `readonly`, at any depth: schemas output mutable values. */
type Mutable<T> = T extends z.ZodType | ((...values: never[]) => unknown)
  ? T
  : T extends object
    ? { -readonly [K in keyof T]: Mutable<T[K]> }
    : T;

type Same<A, B> =
  (<T>() => T extends A ? 1 : 2) extends <T>() => T extends B ? 1 : 2 ? true : false;

/**
 * The schema of a type of the model: `schemaOf<Endpoint>()(z.strictObject(…))`. A schema that accepts
 * more or less than the type, or that does not have an optional property, is a type error.
 */
export const schemaOf =
  <T>() =>
  <S extends z.ZodType>(
    schema: Same<Mutable<z.output<S>>, Mutable<T>> extends true ? S : never,
  ): z.ZodType<T, T> =>
    schema as z.ZodType<T, T>;
