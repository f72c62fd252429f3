/** Options with every optional one set, at every depth, so that a new one is a type error. */
export type Whole<T> = T extends (...values: never[]) => unknown
  ? T
  : T extends object
    ? { [Key in keyof T]-?: Whole<NonNullable<T[Key]>> }
    : T;
