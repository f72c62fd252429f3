/**
 * Caches the result for the same objects; an entry lives as long as its objects. The lookup starts with
 * the last parameter, since the first one varies most.
 */
export const memoize = <Objects extends readonly object[], Made>(
  make: (...objects: Objects) => Made,
): ((...objects: Objects) => Made) => {
  const root: Branch = new WeakMap();
  return (...objects) => {
    let at = root;
    for (let index = objects.length - 1; index > 0; index -= 1) {
      let next = at.get(objects[index]!) as Branch | undefined;
      if (!next) {
        next = new WeakMap();
        at.set(objects[index]!, next);
      }
      at = next;
    }
    const first = objects[0]!;
    if (at.has(first)) return at.get(first) as Made;
    const made = make(...objects);
    at.set(first, made);
    return made;
  };
};

/** By an object: what is made of it, or a branch of the object before it. */
type Branch = WeakMap<object, unknown>;

/** A function of a text whose results are cached. */
export interface MemoizedText<Made> {
  (text: string): Made;
  /** Sets the result for a text, which is then not made. */
  readonly set: (text: string, made: Made) => void;
}

/** Caches the results for the most recently used texts: at least `kept`, and at most twice as many. */
export const memoizeText = <Made>(
  make: (text: string) => Made,
  kept = 2000,
): MemoizedText<Made> => {
  let recent = new Map<string, Made>();
  let earlier = new Map<string, Made>();
  const set = (text: string, made: Made): void => {
    recent.set(text, made);
    if (recent.size < kept) return;
    earlier = recent;
    recent = new Map();
  };
  const get = (text: string): Made => {
    if (recent.has(text)) return recent.get(text) as Made;
    const made = earlier.has(text) ? (earlier.get(text) as Made) : make(text);
    set(text, made);
    return made;
  };
  return Object.assign(get, { set });
};

/** A value as JSON has it: the same object for the same JSON, so that results cached for it stay valid. */
export const sameValue = (): (<Value>(value: Value) => Value) => {
  const asJson = memoizeText((json): unknown => JSON.parse(json));
  return <Value>(value: Value) => asJson(JSON.stringify(value)) as Value;
};

/** Returns the last value with a name if it has the same JSON, so that results cached for it stay valid. */
export const sameAsBefore = <Value>(): ((name: string, value: Value) => Value) => {
  const last = new Map<string, { readonly json: string; readonly value: Value }>();
  return (name, value) => {
    const json = JSON.stringify(value);
    const before = last.get(name);
    if (before?.json === json) return before.value;
    last.set(name, { json, value });
    return value;
  };
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
