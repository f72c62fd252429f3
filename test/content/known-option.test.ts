import { expect, test } from 'vitest';
import { dashboard, dashboardSchema } from '../../src/content/dashboard.js';
import { gauge, logs, table, text, timeSeries } from '../../src/content/grafana.js';
import { validateValue } from '../../src/schema/validate-value.js';

const frame = { title: 'Load', description: 'The load.' };
const values = { ...frame, unit: 'short', queries: 'node_load1' } as const;

const faultsOf = (...rows: readonly object[]) =>
  validateValue(
    dashboardSchema,
    dashboard({ title: 'Shop', description: 'The shop.', folder: 'Shop', rows: rows as never }),
    'dashboards/shop.ts',
  ).faults.map(({ fault, place, suggestion }) => [fault, place.path, suggestion]);

test('options of panels and rows that do not exist are reported, with the one that is meant', () => {
  const panels = [
    timeSeries({ ...values, stackd: true } as never),
    gauge({ ...values, max: 1, treshold: {} } as never),
    text({ ...frame, content: 'x', width: 4 }),
  ];
  expect(faultsOf({ title: 'One', colapsed: true, panels })).toEqual([
    ['unknown-option', 'rows[0].colapsed', 'collapsed'],
    ['unknown-option', 'rows[0].panels[0].stackd', 'stacked'],
    ['unknown-option', 'rows[0].panels[1].treshold', 'thresholds'],
  ]);
});

test('all options of panels, and panels that are made without a function, are accepted', () => {
  const own = { height: 4, body: { type: 'stat', title: 'Own' } };
  const panels = [
    timeSeries({ ...values, stacked: true, exemplars: true, softMax: 1, min: null, max: 3 }),
    table({ ...frame, labels: { job: 'Job' }, columns: {}, sortBy: 'Job', ascending: true }),
    logs({ ...frame, query: '{a="b"}', width: 4, height: 4, needs: [] }),
    own,
  ];
  expect(faultsOf({ title: 'One', needs: ['shop'], panels })).toEqual([]);
});

test.each([
  ['whose type is no text', { type: Object.create(null) }, []],
  ['whose type is the name of an inherited field', { type: 'constructor' }, ['a']],
  ['with a name that is no text', { type: 'stat' }, [Object.create(null)]],
])('a panel %s is no exception', (_, body, given) => {
  const panels = [{ height: 4, body, given }];
  expect(() => faultsOf({ title: 'One', panels })).not.toThrow();
});
