// biome-ignore lint/suspicious/noExplicitAny: examples are parts of any object
export type Tree = any;

/** How the items of a list in an example are merged with the existing items. */
export type Lists = 'add' | 'prepend' | 'by index' | 'replace';

const isMap = (value: Tree): boolean =>
  typeof value === 'object' && value !== null && !Array.isArray(value);

/**
 * Merges an example into a tree. Empty values replace existing ones, and undefined removes them. An
 * item of a list replaces the item with the same name, port or flag.
 */
export const merge = (tree: Tree, example: Tree, lists: Lists = 'add'): Tree =>
  isMap(tree) && isMap(example) ? mergeMaps(tree, example, lists) : mergePart(tree, example, lists);

const mergePart = (tree: Tree, example: Tree, lists: Lists): Tree => {
  if (Array.isArray(tree) && Array.isArray(example)) return mergeLists(tree, example, lists);
  if (!isMap(tree) || !isMap(example) || Object.keys(example).length === 0) return example;
  return mergeMaps(tree, example, lists);
};

const mergeMaps = (tree: Tree, example: Tree, lists: Lists): Tree => {
  const merged = { ...tree };
  for (const [key, value] of Object.entries(example)) {
    if (value === undefined) delete merged[key];
    else merged[key] = key in tree ? mergePart(tree[key], value, lists) : value;
  }
  return merged;
};

const mergeLists = (list: Tree[], example: Tree[], lists: Lists): Tree[] => {
  if (lists === 'replace' || example.length === 0) return example;
  if (lists === 'prepend') return [...example, ...list];
  const merged = [...list];
  for (const [place, item] of example.entries()) {
    const index = lists === 'by index' ? place : list.findIndex((one) => isSame(one, item));
    if (index in merged) merged[index] = mergePart(merged[index], item, lists);
    else merged.push(item);
  }
  return merged;
};

const isSame = (one: Tree, other: Tree): boolean => {
  if (typeof one === 'string' && typeof other === 'string') {
    return one.startsWith('--') && one.split('=')[0] === other.split('=')[0];
  }
  const keys = ['name', 'job_name', 'containerPort', 'port'];
  return keys.some((key) => one?.[key] !== undefined && one[key] === other?.[key]);
};

/**
 * Changes the part of a tree at a path. `+` adds an item to a list; an item is identified by its
 * index or its name.
 */
export const at = (tree: Tree, path: readonly string[], change: (part: Tree) => Tree): Tree => {
  const [key, ...rest] = path;
  if (key === undefined) return change(tree);
  if (key === '+') return [...(tree ?? []), at(undefined, rest, change)];
  if (!Array.isArray(tree)) return { ...tree, [key]: at(tree?.[key], rest, change) };
  const index = tree.findIndex((item, place) =>
    [place, item.name, item.job_name].some((one) => `${one}` === key),
  );
  if (index < 0) throw new Error(`No ${key} in a list of ${tree.length}.`);
  return tree.with(index, at(tree[index], rest, change));
};
