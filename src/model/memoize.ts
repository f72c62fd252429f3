/**
 * Caches the result for the same objects; an entry lives as long as its objects. The lookup starts with
 * the last parameter, since the first one varies most.
 */
export const memoize = <Objects extends readonly object[], Made>(
  make: (...objects: Objects) => Made,
): ((...objects: Objects) => Made) => {
  const root: Branch<Made> = {};
  return (...objects) => {
    let at = root;
    for (let index = objects.length - 1; index >= 0; index -= 1) {
      at.below ??= new WeakMap();
      let next = at.below.get(objects[index]!);
      if (!next) {
        next = {};
        at.below.set(objects[index]!, next);
      }
      at = next;
    }
    at.made ??= { value: make(...objects) };
    return at.made.value;
  };
};

interface Branch<Made> {
  below?: WeakMap<object, Branch<Made>>;
  made?: { readonly value: Made };
}

/** A function of a text whose results are cached. */
export interface MemoizedText<Made> {
  (text: string): Made;
  /** Sets the result for a text, which is then not made. */
  readonly set: (text: string, made: Made) => void;
}

/** Caches the results for the most recently used texts. */
export const memoizeText = <Made>(
  make: (text: string) => Made,
  kept = 2000,
): MemoizedText<Made> => {
  const known = new Map<string, Made>();
  const set = (text: string, made: Made): void => {
    known.delete(text);
    known.set(text, made);
    if (known.size > kept) known.delete(known.keys().next().value!);
  };
  const get = (text: string): Made => {
    const made = known.has(text) ? (known.get(text) as Made) : make(text);
    set(text, made);
    return made;
  };
  return Object.assign(get, { set });
};

/** Makes a value at the first call, and keeps it. */
export const once = <Made>(make: () => Made): (() => Made) => {
  let made: { readonly value: Made } | undefined;
  return () => {
    made ??= { value: make() };
    return made.value;
  };
};

/**
 * Returns an earlier list if its members are the same, so that results cached for it stay valid. Several are
 * kept, because environments take turns.
 */
export const sameList = <Item>(kept = 20): ((list: readonly Item[]) => readonly Item[]) => {
  const lists: (readonly Item[])[] = [];
  return (list) => {
    const same = lists.find(
      (one) =>
        one.length === list.length && one.every((item, index) => Object.is(item, list[index])),
    );
    if (same) return same;
    lists.unshift(list);
    lists.splice(kept);
    return list;
  };
};
