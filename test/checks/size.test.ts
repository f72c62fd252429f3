import { describe, expect, test } from 'vitest';
import size from '../../src/checks/objects/size.js';
import { build, minimal, oneDashboard } from '../environment.js';
import { changed, inputOf, manifestOf } from './input.js';

const stack = build(minimal, oneDashboard);
const title = 'ConfigMap crowsnest/crowsnest-grafana-dashboards-shop-0';
const { object, construct } = manifestOf(stack, title);

const limit = 200 * 1024;
const empty = JSON.stringify({ ...object, data: { 'a.json': '' } }).length;

/** The findings in a ConfigMap with a text. */
const run = (text: string) =>
  size.run(changed(stack, title, (one) => (one.data = { 'a.json': text })));

const found = (value: string) => [
  {
    severity: 'error',
    place: { object: title, construct },
    fault: 'too-large',
    value,
  },
];

test('small objects have no findings', () => {
  expect(size.run(inputOf(stack))).toEqual([]);
});

describe('an object whose JSON has', () => {
  test('exactly 200 KiB is accepted', () => {
    expect(run('a'.repeat(limit - empty))).toEqual([]);
  });

  test('one byte more is reported', () => {
    expect(run('a'.repeat(limit - empty + 1))).toMatchObject(found('200Ki'));
  });
});

describe('the size is that of the encoding of kubectl', () => {
  // The bytes that Go writes for each text in JSON.
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

test('the remedy is different for ConfigMaps without dashboards', () => {
  const rules = 'ConfigMap crowsnest/crowsnest-prometheus-rules-0';
  const large = changed(stack, rules, (one) => (one.data = { 'a.yaml': 'a'.repeat(limit) }));
  expect(size.run(large)).toMatchObject([{ fault: 'too-large' }]);
});
