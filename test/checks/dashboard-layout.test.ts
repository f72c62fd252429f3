import { expect, test } from 'vitest';
import layout from '../../src/checks/dashboard-layout.js';
import { board, panel, shipping, told } from './dashboard.js';

const at = (x: number, y: number, w: number, h: number) => ({ x, y, w, h });
const run = (...panels: object[]) => told(layout.run(shipping({ shop: board(panels) })));

test('panels side by side pass, and those of folded rows, which are seen alone', () => {
  expect(
    run(panel({ id: 1, gridPos: at(0, 0, 12, 8) }), panel({ id: 2, gridPos: at(12, 0, 12, 8) }), {
      id: 3,
      type: 'row',
      gridPos: at(0, 8, 24, 1),
      panels: [panel({ id: 4 })],
    }),
  ).toEqual([]);
});

test('a panel upon another is found', () => {
  expect(run(panel(), panel({ id: 2, title: 'Sums', gridPos: at(11, 3, 2, 2) }))).toEqual([
    "shop.json: panel 'Sums' | The panel lies upon 'Orders'.",
  ]);
});

test.each([
  ['beyond the last column', at(13, 0, 12, 4)],
  ['without a width', at(0, 0, 0, 4)],
  ['at no whole number', at(0.5, 0, 2, 4)],
  ['nowhere', undefined],
])('a panel %s is found', (_, gridPos) => {
  expect(run(panel({ gridPos }))).toEqual([
    "shop.json: panel 'Orders' | The panel does not lie within 24 columns.",
  ]);
});

test('a number that two have, or none has, is found', () => {
  expect(
    run(
      panel(),
      panel({ gridPos: at(12, 0, 12, 4), title: 'Sums' }),
      panel({ gridPos: at(0, 9, 12, 4), title: 'Rest', id: undefined }),
    ),
  ).toEqual([
    "shop.json: panel 'Sums' | 'Orders' has the same number.",
    "shop.json: panel 'Rest' | The panel has no number.",
  ]);
});
