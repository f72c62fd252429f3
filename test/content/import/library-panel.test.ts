import { describe, expect, test } from 'vitest';
import { importWrapped } from '../../../src/content/import/import-wrapped.js';
import { inlineLibraryPanels } from '../../../src/content/import/library-panel.js';

const reference = (uid: string, more: object = {}) => ({
  id: 7,
  gridPos: { x: 0, y: 0, w: 12, h: 8 },
  libraryPanel: { uid, name: 'Orders' },
  ...more,
});
const model = {
  id: 1,
  gridPos: { x: 5, y: 5, w: 1, h: 1 },
  type: 'stat',
  title: 'Orders',
  libraryPanel: { uid: 'abc', name: 'Orders' },
  targets: [{ refId: 'A', expr: 'sum(up)' }],
};
const element = { uid: 'abc', name: 'Orders', kind: 1, model };
const inlined = {
  id: 7,
  gridPos: { x: 0, y: 0, w: 12, h: 8 },
  type: 'stat',
  title: 'Orders',
  targets: model.targets,
};

describe('a library panel', () => {
  test.each<[string, object]>([
    ['an object', { abc: element }],
    ['a list, as of Grafana 8', [element]],
  ])('is replaced by its model in __elements, which is %s', (_, elements) => {
    const panels = [
      reference('abc'),
      { type: 'row', panels: [reference('abc')] },
      { type: 'text' },
    ];
    const { json, faults } = inlineLibraryPanels({ __elements: elements, panels });
    expect(faults).toEqual([]);
    expect(json).toMatchObject({
      panels: [inlined, { type: 'row', panels: [inlined] }, { type: 'text' }],
    });
    expect(JSON.stringify((json as { panels: unknown }).panels)).not.toContain('libraryPanel');
  });

  test.each<[string, object, string]>([
    ['in a row', { panels: [{ panels: [reference('abc')] }] }, 'panels[0].panels[0].libraryPanel'],
    [
      'in rows of panels',
      { rows: [{ panels: [reference('abc')] }] },
      'rows[0].panels[0].libraryPanel',
    ],
    [
      'that also has its own queries',
      { panels: [reference('abc', { type: 'stat', targets: [] })] },
      'panels[0].libraryPanel',
    ],
    [
      'of another uid',
      { panels: [reference('abc')], __elements: { b: { ...element, uid: 'b' } } },
      'panels[0].libraryPanel',
    ],
  ])('without a model is rejected: %s', (_, dashboard, path) => {
    const json = { title: 'Shop', ...dashboard };
    const { value, findings } = importWrapped({ json, path: 'spec' }, 'dashboards/shop.json');
    expect(value).toBeUndefined();
    expect(findings).toMatchObject([
      {
        code: 'content/missing-library-panel',
        severity: 'error',
        place: { file: 'dashboards/shop.json', path: `spec.${path}` },
        value: 'abc',
      },
    ]);
  });

  test.each([null, {}, { uid: '' }])('is none if a panel has %j', (libraryPanel) => {
    const panels = [{ type: 'stat', libraryPanel }];
    expect(inlineLibraryPanels({ panels })).toEqual({ json: { panels }, faults: [] });
  });
});
