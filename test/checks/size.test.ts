import { describe, expect, test } from 'vitest';
import size from '../../src/checks/objects/size.js';
import type { CheckInput } from '../../src/model/check.js';
import { build, minimal, oneDashboard } from '../environment.js';
import { changed, inputOf, manifestOf } from './input.js';

const stack = build(minimal, oneDashboard);
const title = 'ConfigMap crowsnest/crowsnest-grafana-dashboards-shop-0';
const { object, construct } = manifestOf(stack, title);

const limit = 250 * 1024;
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
  test('exactly 250 KiB is accepted', () => {
    expect(run('a'.repeat(limit - empty))).toEqual([]);
  });

  test('one byte more is reported', () => {
    expect(run('a'.repeat(limit - empty + 1))).toMatchObject(found('250Ki'));
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

describe('a dashboard that is too large for a ConfigMap', () => {
  const large = JSON.stringify({
    title: 'Shop',
    uid: 'shop',
    panels: [],
    tags: ['a'.repeat(limit)],
  });
  const small = JSON.stringify({ title: 'Cart', uid: 'cart', panels: [] });
  const withFiles = (data: object, sources: CheckInput['sources']) =>
    size.run({ ...changed(stack, title, (one) => (one.data = data)), sources });

  test('is reported at its file, with its size, and not at the object', () => {
    const source = { file: 'dashboards/shop.json', shipped: false, lineOf: () => 3 };
    const data = { 'cart.json': small, 'shop.json': large };
    expect(withFiles(data, { 'dashboards/shop': source })).toMatchObject([
      {
        severity: 'error',
        fault: 'large-dashboard',
        place: { file: 'dashboards/shop.json' },
        value: '250.07Ki',
        message: expect.stringContaining('250Ki'),
      },
    ]);
  });

  test('is reported at the object if its file is unknown', () => {
    expect(withFiles({ 'shop.json': large }, {})).toMatchObject([
      { fault: 'large-dashboard', place: { object: title } },
    ]);
  });

  test('above 1 MiB cannot be applied in any way', () => {
    const huge = large.replace('a'.repeat(limit), 'a'.repeat(1024 * 1024));
    const [finding] = withFiles({ 'shop.json': huge }, {});
    expect(finding?.message).toContain('1 MiB');
    expect(finding?.remedy).not.toContain('waive');
  });

  test('is not one of several that are too large together', () => {
    const half = large.replace('a'.repeat(limit), 'a'.repeat(limit / 2));
    expect(withFiles({ 'a.json': half, 'b.json': half }, {})).toMatchObject([
      { fault: 'too-large' },
    ]);
  });
});
