import { expect, test } from 'vitest';
import { withUniqueTitles } from '../../src/content/unique-title.js';
import type { GrafanaDashboard } from '../../src/model/dashboard.js';

const titled = (folder: string, title: string) => ({
  folder,
  model: { title, panels: [] } as unknown as GrafanaDashboard,
});

test('imported dashboards with the title of another one in their folder get their uid as a suffix', () => {
  const found = withUniqueTitles(
    {
      a: titled('Imported', 'Shop'),
      b: titled('Imported', 'Shop'),
      c: titled('Other', 'Shop'),
      d: titled('Imported', 'Carts'),
      own: titled('Imported', 'Carts'),
      mine: titled('Imported', 'Carts'),
    },
    (uid) => !['own', 'mine'].includes(uid),
  );
  expect(Object.entries(found).map(([uid, { model }]) => [uid, model.title])).toEqual([
    ['a', 'Shop'],
    ['b', 'Shop (b)'],
    ['c', 'Shop'],
    ['d', 'Carts (d)'],
    // The check dashboard-names reports these.
    ['own', 'Carts'],
    ['mine', 'Carts'],
  ]);
});
