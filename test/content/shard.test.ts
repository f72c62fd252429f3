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

test('every file is in one shard, as it was', () => {
  const shards = shardFiles(files, 8);
  expect(Object.assign({}, ...shards)).toEqual(files);
  expect(shards.flatMap((shard) => Object.keys(shard))).toHaveLength(60);
});

test('there are as many shards as are asked for, whatever there is to hold', () => {
  expect(shardFiles({}, 4)).toEqual([{}, {}, {}, {}]);
  expect(shardFiles(files, 4)).toHaveLength(4);
});

test('a file that is added moves no other', () => {
  const before = places(files, 8);
  for (const name of ['a.json', 'file-30b.json', 'z.json']) {
    const { [name]: added, ...after } = places({ ...files, [name]: '' }, 8);
    expect(added).toBeTypeOf('number');
    expect(after).toEqual(before);
  }
});

test('a file that is removed moves no other', () => {
  const { 'file-7.json': removed, ...rest } = files;
  const { 'file-7.json': gone, ...before } = places(files, 8);
  expect(places(rest, 8)).toEqual(before);
});

test('a change of a file keeps it where it is', () => {
  expect(places({ ...files, 'file-7.json': 'changed' }, 8)).toEqual(places(files, 8));
});

test('the order in which files are found does not matter', () => {
  const reversed = Object.fromEntries(Object.entries(files).reverse());
  expect(JSON.stringify(shardFiles(reversed, 8))).toBe(JSON.stringify(shardFiles(files, 8)));
});

test('no shard is left empty or holds the most of many files', () => {
  const sizes = shardFiles(files, 8).map((shard) => Object.keys(shard).length);
  expect(Math.min(...sizes)).toBeGreaterThan(0);
  expect(Math.max(...sizes)).toBeLessThan(20);
});
