import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { loadContent } from '../../../src/content/load.js';
import { unknownNeeds } from '../../../src/content/need.js';
import { fill } from '../../output/folder.js';

let folder: string;

beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'crowsnest-meta-'));
});

afterEach(() => rmSync(folder, { recursive: true }));

const dashboard = JSON.stringify({
  title: 'Shop',
  panels: [{ type: 'stat', title: 'Orders', targets: [{ expr: 'orders_total' }] }],
});

const load = (files: Record<string, string>) => {
  fill(folder, files);
  return loadContent([folder]);
};

describe('a file next to an imported dashboard', () => {
  test('states the scrape jobs that it needs, and its folder', async () => {
    const { content, findings } = await load({
      'dashboards/shop.json': dashboard,
      'dashboards/shop.meta.json': '{ "needs": ["shop"], "folder": "Applications" }',
      'dashboards/store.json': dashboard,
    });
    expect(findings).toEqual([]);
    expect(Object.keys(content.dashboards)).toEqual(['shop', 'store']);
    expect(content.dashboards.shop).toMatchObject({ needs: ['shop'], folder: 'Applications' });
    expect(content.dashboards.store).toMatchObject({ folder: 'Imported' });
    expect(content.dashboards.store?.needs).toBe(undefined);
    expect(unknownNeeds(content, ['shop'])).toEqual([]);
    expect(unknownNeeds(content, ['shops'])).toMatchObject([
      {
        code: 'content/unknown-need',
        severity: 'error',
        place: { file: expect.stringMatching(/dashboards\/shop\.meta\.json$/), path: 'needs' },
        suggestion: 'shops',
      },
    ]);
  });

  test.each([
    ['{ "need": ["shop"] }', { code: 'content/unknown-option', suggestion: 'needs' }],
    ['{ "needs": "shop" }', { code: 'content/invalid-value' }],
    ['{ needs: [] }', { code: 'content/invalid-json' }],
  ])('is validated: %s', async (meta, finding) => {
    const { findings } = await load({
      'dashboards/shop.json': dashboard,
      'dashboards/shop.meta.json': meta,
    });
    const file = expect.stringMatching(/dashboards\/shop\.meta\.json$/);
    expect(findings).toMatchObject([{ severity: 'error', place: { file }, ...finding }]);
  });

  test('belongs to a dashboard', async () => {
    const { findings } = await load({
      'dashboards/shop.json': dashboard,
      'dashboards/shpo.meta.json': '{}',
    });
    expect(findings).toMatchObject([{ code: 'content/stray-meta', suggestion: 'shop' }]);
  });
});
