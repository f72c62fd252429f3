import { describe, expect, test } from 'vitest';
import size from '../../src/checks/size.js';
import { build, minimal, oneDashboard } from '../environment.js';
import { changed, inputOf, manifestOf } from './input.js';

const stack = build(minimal, oneDashboard);
const title = 'ConfigMap crowsnest/crowsnest-grafana-dashboards-shop-0';
const { object, construct } = manifestOf(stack, title);

const limit = 200 * 1024;
const empty = JSON.stringify({ ...object, data: { 'a.json': '' } }).length;

/** What is found in a ConfigMap that holds a text. */
const run = (text: string) =>
  size.run(changed(stack, title, (one) => (one.data = { 'a.json': text })));

const found = (value: string) => [
  {
    severity: 'error',
    place: { object: title, construct },
    message: 'The object is larger than 200Ki as kubectl encodes it.',
    value,
    why: 'A client-side apply keeps a copy of it in an annotation, which must not be larger.',
    remedy:
      'Raise grafana.dashboardShards, put some of the dashboards into another folder, or shorten the longest.',
  },
];

test('small objects pass', () => {
  expect(size.run(inputOf(stack))).toEqual([]);
});

describe('an object of which the JSON is', () => {
  test('exactly 200 KiB passes', () => {
    expect(run('a'.repeat(limit - empty))).toEqual([]);
  });

  test('a byte larger does not', () => {
    expect(run('a'.repeat(limit - empty + 1))).toEqual(found('200Ki'));
  });
});

describe('what counts is the size in the encoding of kubectl', () => {
  // Of each: the bytes that Go writes for it in JSON.
  test.each([
    ['<', 6],
    ['>', 6],
    ['&', 6],
    ['\u2028', 6],
    ['"', 2],
    ['\n', 2],
    ['é', 2],
    ['€', 3],
    ['😀', 4],
  ])('%j takes %i bytes', (character, bytes) => {
    const fits = Math.floor((limit - empty) / bytes);
    expect(run(character.repeat(fits))).toEqual([]);
    expect(run(character.repeat(fits + 1))).toHaveLength(1);
  });
});

test('what does not hold dashboards is to be split otherwise', () => {
  const rules = 'ConfigMap crowsnest/crowsnest-prometheus-rules-0';
  const large = changed(stack, rules, (one) => (one.data = { 'a.yaml': 'a'.repeat(limit) }));
  expect(size.run(large)).toMatchObject([{ remedy: 'Split what it holds, or shorten it.' }]);
});
