import { expect, test } from 'vitest';
import names from '../../src/checks/dashboard-names.js';
import { board, shipping } from './dashboard.js';

test('dashboards with uids and titles of their own pass', () => {
  const input = shipping({ shop: board(), carts: board([], { title: 'Carts' }) });
  expect(names.run(input)).toEqual([]);
});

test('a uid that is not the name of the file is found', () => {
  expect(names.run(shipping({ shop: board([], { uid: 'carts' }) }))).toMatchObject([
    {
      severity: 'error',
      place: { file: 'dashboards/shop.ts', path: 'shop.json' },
      message: 'The uid is not the name of the file.',
      value: 'carts',
    },
  ]);
});

test('a title that two have is found in one of them, with its line', () => {
  expect(names.run(shipping({ shop: board(), carts: board() }))).toMatchObject([
    { place: { line: 7 }, message: expect.stringContaining('has the same title.'), value: 'Shop' },
  ]);
});

test('a uid that two have is found', () => {
  const found = names.run(
    shipping({ shop: board([], { uid: 'a' }), carts: board([], { title: 'Carts', uid: 'a' }) }),
  );
  expect(found.map(({ message }) => message)).toContainEqual(
    expect.stringContaining('has the same uid.'),
  );
});

test('of what was taken over it warns', () => {
  const [finding] = names.run(shipping({ shop: board([], { uid: 'carts' }) }, 'json'));
  expect(finding).toMatchObject({ severity: 'warning', place: { file: 'dashboards/shop.json' } });
});
