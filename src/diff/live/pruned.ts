import { list, record } from '../untyped.js';

/**
 * The result of a server-side apply without what a client-side apply would remove: parts that were in
 * the last applied object, and are not in the new one.
 */
export const pruned = (result: unknown, last: unknown, wanted: unknown): unknown => {
  if (Array.isArray(result)) return prunedList(result, list(last), list(wanted));
  if (typeof result !== 'object' || result === null) return result;
  const [old, fresh] = [record(last), record(wanted)];
  return Object.fromEntries(
    Object.entries(result)
      .filter(([name]) => !(name in old) || name in fresh)
      .map(([name, value]) => [name, name in old ? pruned(value, old[name], fresh[name]) : value]),
  );
};

/** Fields that identify the items of lists which an apply merges. */
const identities = ['name', 'mountPath', 'containerPort', 'port', 'topologyKey'];

const prunedList = (
  result: readonly unknown[],
  last: readonly unknown[],
  wanted: readonly unknown[],
): unknown[] => {
  const field = identities.find((name) =>
    [...result, ...last, ...wanted].every((item) => record(item)[name] !== undefined),
  );
  if (field === undefined) return [...result];
  const find = (items: readonly unknown[], item: unknown) =>
    items.find((one) => record(one)[field] === record(item)[field]);
  return result
    .filter((item) => find(last, item) === undefined || find(wanted, item) !== undefined)
    .map((item) => {
      const old = find(last, item);
      return old === undefined ? item : pruned(item, old, find(wanted, item));
    });
};
