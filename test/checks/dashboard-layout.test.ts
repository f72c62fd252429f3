import { expect, test } from 'vitest';
import layout from '../../src/checks/dashboards/dashboard-layout.js';
import { board, panel, shipping, told } from './dashboard.js';

const at = (x: number, y: number, w: number, h: number) => ({ x, y, w, h });
const run = (...panels: object[]) => told(layout.run(shipping({ shop: board(panels) })));

test('panels next to each other have no findings, nor do those of collapsed rows, which are checked separately', () => {
  expect(
    run(panel({ id: 1, gridPos: at(0, 0, 12, 8) }), panel({ id: 2, gridPos: at(12, 0, 12, 8) }), {
      id: 3,
      type: 'row',
      gridPos: at(0, 8, 24, 1),
      panels: [panel({ id: 4, gridPos: at(0, 9, 24, 4) })],
    }),
  ).toEqual([]);
});

test('overlapping panels are reported', () => {
  expect(
    run(
      panel({ gridPos: at(0, 0, 24, 4) }),
      panel({ id: 2, title: 'Sums', gridPos: at(11, 3, 2, 2) }),
    ),
  ).toEqual(["shop.json: panel 'Sums' | overlap"]);
});

test.each([
  ['beyond the last column', at(13, 0, 12, 4)],
  ['without a width', at(0, 0, 0, 4)],
  ['at a position that is no whole number', at(0.5, 0, 2, 4)],
  ['nowhere', undefined],
])('a panel %s is reported', (_, gridPos) => {
  expect(run(panel({ gridPos }))[0]).toEqual("shop.json: panel 'Orders' | outside-grid");
});

test('a duplicate or missing id is reported', () => {
  expect(
    run(
      panel(),
      panel({ gridPos: at(12, 0, 12, 4), title: 'Sums' }),
      panel({ gridPos: at(0, 9, 24, 4), title: 'Rest', id: undefined }),
    ),
  ).toEqual(["shop.json: panel 'Sums' | panel-id", "shop.json: panel 'Rest' | panel-id"]);
});

test.each([
  ['at its end', at(0, 0, 16, 4), at(0, 4, 24, 4)],
  ['in its second line', at(0, 0, 24, 4), at(0, 4, 23, 4)],
])('a line with a gap %s is reported', (_, first, second) => {
  const panels = [
    panel({ title: 'a', gridPos: first }),
    panel({ id: 2, title: 'b', gridPos: second }),
  ];
  expect(run(...panels)).toEqual([expect.stringMatching(/\| gap$/)]);
  for (const extension of ['ts', 'json'] as const) {
    const found = layout.run(shipping({ shop: board(panels) }, extension));
    expect(found).toMatchObject([{ severity: 'warning' }]);
  }
});
