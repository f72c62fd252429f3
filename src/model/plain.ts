/** An SDK type with strings instead of enums, so that the SDK is not loaded at run time. */
export type Plain<T> = T extends string
  ? `${T}`
  : T extends readonly (infer U)[]
    ? Plain<U>[]
    : T extends (...parameters: never[]) => unknown
      ? T
      : T extends object
        ? { [K in keyof T]: Plain<T[K]> }
        : T;

/**
 * A value of a type as it is read: any field may be missing, and any value may have another type.
 * `any`, of which 0 & 1 is a subtype, stays `any`.
 */
export type Unchecked<T> = 0 extends T & 1
  ? T
  : T extends readonly unknown[]
    ? unknown
    : T extends object
      ? { readonly [K in keyof T]?: Unchecked<NonNullable<T[K]>> }
      : unknown;
