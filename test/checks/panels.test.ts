import { expect, test } from 'vitest';
import panels from '../../src/checks/panels.js';
import { board, panel, shipping, told } from './dashboard.js';

const run = (differences: object) =>
  told(panels.run(shipping({ shop: board([panel(differences)]) })));
const at = "shop.json: panel 'Orders' |";

test('a panel that says what it shows passes', () => {
  expect(run({})).toEqual([]);
});

test('a note needs no unit', () => {
  expect(run({ type: 'text', targets: undefined, fieldConfig: undefined })).toEqual([]);
});

test('a table has the units of its columns, a heatmap that of its axis', () => {
  const columns = { overrides: [{ properties: [{ id: 'unit', value: 'bytes' }] }] };
  expect(run({ type: 'table', fieldConfig: columns })).toEqual([]);
  expect(run({ fieldConfig: undefined, options: { yAxis: { unit: 's' } } })).toEqual([]);
});

test.each([
  [{ description: ' ' }, `${at} The panel has no description.`],
  [{ title: '' }, "shop.json: panel 'stat 1' | The panel has no title."],
  [{ fieldConfig: { defaults: {} } }, `${at} The values of the panel have no unit.`],
  [
    { fieldConfig: { defaults: { unit: 'percentunits' } } },
    `${at} Grafana knows no such unit, and would write its name behind each value. | percentunit`,
  ],
  [{ targets: [{ expr: 'sum(up)' }] }, `${at} A query has no name, or that of another.`],
  [{ targets: [{ refId: 'A', expr: '' }] }, `${at} A query is empty.`],
])('%j is found', (differences, message) => {
  expect(run(differences)).toEqual([message]);
});

test('of what was taken over it warns', () => {
  const input = shipping({ shop: board([panel({ description: '' })]) }, 'json');
  expect(panels.run(input)).toMatchObject([{ severity: 'warning' }]);
});

test('a panel inside a folded row is looked at as well', () => {
  const row = { id: 9, type: 'row', title: 'Row', panels: [panel({ description: '' })] };
  expect(told(panels.run(shipping({ shop: board([row]) })))).toEqual([
    `${at} The panel has no description.`,
  ]);
});
