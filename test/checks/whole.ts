/** Options that set every optional one, at every depth, so that a new option is a type error. */
export type Whole<T> = T extends (...values: never[]) => unknown
  ? T
  : T extends object
    ? { [Key in keyof T]-?: Whole<NonNullable<T[Key]>> }
    : T;
