/** In place of `src/model/once.ts`: everything is made anew whenever it is asked for. */
type Make<Args extends readonly unknown[], Made> = (...args: Args) => Made;

export const once = <Args extends readonly unknown[], Made>(make: Make<Args, Made>) => make;

export const onceForText = once;

export const sameList =
  <Item>() =>
  (list: readonly Item[]) =>
    list;
