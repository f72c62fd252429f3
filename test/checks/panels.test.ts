import { expect, test } from 'vitest';
import panels from '../../src/checks/dashboards/panels.js';
import { board, panel, shipping, told } from './dashboard.js';

const run = (differences: object) =>
  told(panels.run(shipping({ shop: board([panel(differences)]) })));
const at = "shop.json: panel 'Orders' |";

test('a panel with a title, a description and a unit has no findings', () => {
  expect(run({})).toEqual([]);
});

test('a text panel needs no unit', () => {
  expect(run({ type: 'text', targets: undefined, fieldConfig: undefined })).toEqual([]);
});

test('a table has the units of its columns, and a heatmap that of its axis', () => {
  const columns = { overrides: [{ properties: [{ id: 'unit', value: 'bytes' }] }] };
  expect(run({ type: 'table', fieldConfig: columns })).toEqual([]);
  expect(
    run({ type: 'heatmap', fieldConfig: undefined, options: { yAxis: { unit: 's' } } }),
  ).toEqual([]);
});

test.each([
  [{ description: ' ' }, `${at} no-description`],
  [{ title: '' }, "shop.json: panel 'stat 1' | no-title"],
  [{ fieldConfig: { defaults: {} } }, `${at} no-unit`],
  [{ fieldConfig: { defaults: { unit: 'percentunits' } } }, `${at} unknown-unit | percentunit`],
  [{ targets: [{ expr: 'sum(up)' }] }, `${at} query-name`],
  [{ targets: [{ refId: 'A', expr: '' }] }, `${at} empty-query`],
])('%j is reported', (differences, fault) => {
  expect(run(differences)).toEqual([fault]);
});

test.each([
  [{ options: { reduceOption: {} } }, `${at} unknown-option | reduceOptions`],
  [{ options: { reduceOptions: { calc: [] } } }, `${at} unknown-option | calcs`],
  [
    { fieldConfig: { defaults: { unit: 'short', tresholds: {} } } },
    `${at} unknown-option | thresholds`,
  ],
  [
    { type: 'timeseries', fieldConfig: { defaults: { unit: 's', custom: { lineWidht: 1 } } } },
    `${at} unknown-option | lineWidth`,
  ],
  [
    {
      type: 'timeseries',
      fieldConfig: {
        defaults: { unit: 's' },
        overrides: [{ properties: [{ id: 'custom.fillOpacty', value: 1 }] }],
      },
    },
    `${at} unknown-option | fillOpacity`,
  ],
])('an option that its type does not have is reported: %j', (differences, fault) => {
  expect(run(differences)).toEqual([fault]);
});

test('an option that resembles no other one may be newer: it is a warning', () => {
  const input = shipping({ shop: board([panel({ options: { brandNewThing: 1 } })]) });
  expect(panels.run(input)).toMatchObject([{ severity: 'warning', fault: 'unknown-option' }]);
});

test('panels of other types, such as those of plugins, and imported ones may have any option', () => {
  const own = panel({ type: 'canvas', options: { reduceOption: {} } });
  expect(panels.run(shipping({ shop: board([own]) }))).toEqual([]);
  const imported = shipping({ shop: board([panel({ options: { reduceOption: {} } })]) }, 'json');
  expect(panels.run(imported)).toEqual([]);
});

test('faults of imported dashboards are warnings', () => {
  const input = shipping({ shop: board([panel({ description: '' })]) }, 'json');
  expect(panels.run(input)).toMatchObject([{ severity: 'warning' }]);
});

test('a panel in a collapsed row is also checked', () => {
  const row = { id: 9, type: 'row', title: 'Row', panels: [panel({ description: '' })] };
  expect(told(panels.run(shipping({ shop: board([row]) })))).toEqual([`${at} no-description`]);
});

test('a unit that Grafana does not know is an error only if it looks misspelt', () => {
  const severity = (unit: string) =>
    panels
      .run(shipping({ shop: board([panel({ fieldConfig: { defaults: { unit } } })]) }))
      .map((one) => one.severity);
  expect(severity('percentunits')).toEqual(['error']);
  expect(severity('tickets sold')).toEqual(['warning']);
});

test('the type of a plugin that the environment lists is known', () => {
  const types = ['jdbranham-diagram-panel', 'jdbranham-diagramm-panel', 'stat'];
  const given = types.map((type, id) => panel({ type, id }));
  const input = { ...shipping({ shop: board(given) }), plugins: ['jdbranham-diagram-panel'] };
  const found = panels.run(input).filter(({ fault }) => fault === 'unknown-type');
  expect(found.map(({ value, suggestion }) => [value, suggestion])).toEqual([
    ['jdbranham-diagramm-panel', 'jdbranham-diagram-panel'],
  ]);
});

test.each([
  ['timeserie', 'error', 'timeseries'],
  ['Timeseries', 'error', 'timeseries'],
  ['barguage', 'error', 'bargauge'],
  ['jdbranham-diagram-panel', 'warning', undefined],
  ['vonage-status-panel', 'warning', undefined],
])('the type %s, which Grafana does not have, is a finding: %s', (type, severity, suggestion) => {
  const found = panels
    .run(shipping({ shop: board([panel({ type })]) }, 'json'))
    .filter(({ fault }) => fault === 'unknown-type');
  expect(found).toMatchObject([{ severity, value: type }]);
  expect(found[0]?.suggestion).toBe(suggestion);
});

test.each([
  'timeseries',
  'graph',
  'singlestat',
  'grafana-piechart-panel',
  'nodeGraph',
  'table-old',
])('Grafana shows a panel of the type %s', (type) => {
  expect(run({ type })).toEqual([]);
});
