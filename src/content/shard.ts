import { createHash } from 'node:crypto';

// Less than what `kubectl apply` accepts, so that files have room to grow.
const room = 200 * 1024;

/**
 * Distributes files over shards by a hash of their names: a new file does not move other files, and the
 * number of objects stays the same. It is doubled until the files of each shard fit into an object, and
 * a file that needs more than half of an object has one for itself.
 */
export const shardFiles = <File>(
  files: Readonly<Record<string, File>>,
  count: number,
  sizeOf: (file: File) => number = () => 0,
): Record<string, File>[] => {
  const names = Object.keys(files).sort();
  const sizes = new Map(names.map((name) => [name, sizeOf(files[name]!)]));
  const large = names.filter((name) => sizes.get(name)! > room / 2);
  const small = names.filter((name) => !large.includes(name));
  const shards = fitting(small, count, (name) => sizes.get(name)!);
  return [...shards, ...large.map((name) => [name])].map((shard) =>
    Object.fromEntries(shard.map((name) => [name, files[name]!])),
  );
};

/** The names by shard, in as many shards as they need. */
const fitting = (
  names: readonly string[],
  count: number,
  sizeOf: (name: string) => number,
): readonly string[][] => {
  const shards: string[][] = Array.from({ length: count }, () => []);
  for (const name of names) shards[shardOf(name, count)]!.push(name);
  const isFull = shards.some(
    (shard) => shard.length > 1 && shard.reduce((sum, name) => sum + sizeOf(name), 0) > room,
  );
  return isFull && count < 1024 ? fitting(names, count * 2, sizeOf) : shards;
};

const shardOf = (name: string, count: number): number =>
  createHash('sha256').update(name).digest().readUInt32BE(0) % count;
