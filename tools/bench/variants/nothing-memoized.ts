/** Replaces `src/model/memoize.ts`: nothing is memoized. */
type Make<Args extends readonly unknown[], Made> = (...args: Args) => Made;

export const memoize = <Args extends readonly unknown[], Made>(make: Make<Args, Made>) => make;

export const memoizeText = <Made>(make: (text: string) => Made) =>
  Object.assign((text: string) => make(text), { set: () => {} });

export const once = <Made>(make: () => Made) => make;

export const sameList =
  <Item>() =>
  (list: readonly Item[]) =>
    list;

export const sameValue =
  () =>
  <Value>(value: Value) =>
    value;

export const sameAsBefore =
  <Value>() =>
  (_name: string, value: Value) =>
    value;
