import { expect, test } from 'vitest';
import { shardFiles } from '../../src/content/shard.js';

const files = Object.fromEntries(
  Array.from({ length: 60 }, (_, index) => [`file-${index}.json`, `${index}`]),
);

/** The shard of each file. */
const places = (all: Readonly<Record<string, string>>, count: number): Record<string, number> =>
  Object.fromEntries(
    shardFiles(all, count).flatMap((shard, index) =>
      Object.keys(shard).map((name) => [name, index]),
    ),
  );

test('every file is in one shard, unchanged', () => {
  const shards = shardFiles(files, 8);
  expect(Object.assign({}, ...shards)).toEqual(files);
  expect(shards.flatMap((shard) => Object.keys(shard))).toHaveLength(60);
});

test('the number of shards is the configured one', () => {
  expect(shardFiles({}, 4)).toEqual([{}, {}, {}, {}]);
  expect(shardFiles(files, 4)).toHaveLength(4);
});

test('an added file moves no other file', () => {
  const before = places(files, 8);
  for (const name of ['a.json', 'file-30b.json', 'z.json']) {
    const { [name]: added, ...after } = places({ ...files, [name]: '' }, 8);
    expect(added).toBeTypeOf('number');
    expect(after).toEqual(before);
  }
});

test('a removed file moves no other file', () => {
  const { 'file-7.json': removed, ...rest } = files;
  const { 'file-7.json': gone, ...before } = places(files, 8);
  expect(places(rest, 8)).toEqual(before);
});

test('a changed file stays in its shard', () => {
  expect(places({ ...files, 'file-7.json': 'changed' }, 8)).toEqual(places(files, 8));
});

test('the order of the files has no effect', () => {
  const reversed = Object.fromEntries(Object.entries(files).reverse());
  expect(JSON.stringify(shardFiles(reversed, 8))).toBe(JSON.stringify(shardFiles(files, 8)));
});

test('no shard is empty or has most of many files', () => {
  const sizes = shardFiles(files, 8).map((shard) => Object.keys(shard).length);
  expect(Math.min(...sizes)).toBeGreaterThan(0);
  expect(Math.max(...sizes)).toBeLessThan(20);
});

const namesOf = (sizes: Readonly<Record<string, number>>, count: number) =>
  shardFiles(sizes, count, (size) => size).map((shard) => Object.keys(shard));

test('the number of shards is doubled until the files of each fit', () => {
  const sizes = Object.fromEntries(Object.keys(files).map((name) => [name, 20 * 1024]));
  const shards = namesOf(sizes, 4);
  expect([8, 16, 32]).toContain(shards.length);
  expect(Math.max(...shards.map((shard) => shard.length))).toBeLessThanOrEqual(10);
  expect(shards.flat().sort()).toEqual(Object.keys(files).sort());
});

test('a large file has a shard for itself, after the others', () => {
  const sizes = { 'a.json': 300 * 1024, 'b.json': 1, 'c.json': 101 * 1024, 'd.json': 99 * 1024 };
  const shards = namesOf(sizes, 2);
  expect(shards).toHaveLength(4);
  expect(shards.slice(2)).toEqual([['a.json'], ['c.json']]);
  expect(shards.slice(0, 2).flat().sort()).toEqual(['b.json', 'd.json']);
});
