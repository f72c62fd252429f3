import { expect, test } from 'vitest';
import { titleOf } from '../../src/model/manifest.js';
import { build, minimal, noContent } from '../environment.js';
import { board, shipping } from './dashboard.js';

test('the input of the checks of dashboards has the objects of a whole stack', () => {
  const models = { shop: board(), carts: board([], { folder: 'Carts' }) };
  const dashboards = Object.fromEntries(
    Object.entries(models).map(([uid, json]) => [
      uid,
      {
        ...{ title: json.title, folder: json.folder ?? 'Shop', needs: [], variables: [] },
        render: () => ({ uid, ...json }),
      },
    ]),
  );
  const byTitle = ({ manifests }: Pick<ReturnType<typeof build>, 'manifests'>) =>
    Object.fromEntries(manifests.map((manifest) => [titleOf(manifest.object), manifest]));
  const whole = byTitle(build(minimal, { ...noContent, dashboards }));
  expect(Object.keys(whole).length).toBeGreaterThan(20);
  expect(byTitle(shipping(models))).toEqual(whole);
});
