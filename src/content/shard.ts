import { createHash } from 'node:crypto';

/**
 * Distributes files over a fixed number of shards by a hash of their names: a new file does not move
 * other files, and the number of objects stays the same.
 */
export const shardFiles = <File>(
  files: Readonly<Record<string, File>>,
  count: number,
): Record<string, File>[] => {
  const shards: Record<string, File>[] = Array.from({ length: count }, () => ({}));
  for (const name of Object.keys(files).sort()) {
    shards[shardOf(name, count)]![name] = files[name]!;
  }
  return shards;
};

const shardOf = (name: string, count: number): number =>
  createHash('sha256').update(name).digest().readUInt32BE(0) % count;
