import { expect, test } from 'vitest';
import names from '../../src/checks/dashboards/dashboard-names.js';
import { board, shipping } from './dashboard.js';

test('dashboards with unique uids and titles have no findings', () => {
  const input = shipping({ shop: board(), carts: board([], { title: 'Carts' }) });
  expect(names.run(input)).toEqual([]);
});

test('a uid that differs from the file name is reported', () => {
  expect(names.run(shipping({ shop: board([], { uid: 'carts' }) }))).toMatchObject([
    {
      severity: 'error',
      place: { file: 'dashboards/shop.ts', path: 'shop.json' },
      fault: 'other-uid',
      value: 'carts',
    },
  ]);
});

test('a duplicate title is reported once, with its line', () => {
  expect(names.run(shipping({ shop: board(), carts: board() }))).toMatchObject([
    { place: { line: 7 }, fault: 'duplicate-title', value: 'Shop' },
  ]);
});

test('a duplicate title is an error only in one folder', () => {
  const severities = (folder: string) =>
    names.run(shipping({ shop: board(), carts: board([], { folder }) })).map((one) => one.severity);
  expect(severities('Shop')).toEqual(['error']);
  expect(severities('Carts')).toEqual(['warning']);
});

test('a duplicate uid is reported', () => {
  const found = names.run(
    shipping({ shop: board([], { uid: 'a' }), carts: board([], { title: 'Carts', uid: 'a' }) }),
  );
  expect(found.map(({ fault }) => fault)).toContain('duplicate-uid');
});

test('faults of imported dashboards are warnings', () => {
  const [finding] = names.run(shipping({ shop: board([], { uid: 'carts' }) }, 'json'));
  expect(finding).toMatchObject({ severity: 'warning', place: { file: 'dashboards/shop.json' } });
});
