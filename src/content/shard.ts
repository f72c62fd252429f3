import { createHash } from 'node:crypto';

/**
 * Distributes files over a fixed number of shards by a hash of their names, so that a new file
 * moves no other and the objects that carry the shards stay the same.
 */
export const shardFiles = (
  files: Readonly<Record<string, string>>,
  count: number,
): Record<string, string>[] => {
  const shards: Record<string, string>[] = Array.from({ length: count }, () => ({}));
  for (const name of Object.keys(files).sort()) {
    shards[shardOf(name, count)]![name] = files[name]!;
  }
  return shards;
};

const shardOf = (name: string, count: number): number =>
  createHash('sha256').update(name).digest().readUInt32BE(0) % count;
