import { expect, test } from 'vitest';
import { type Library, libraries } from '../../src/content/objective/indicator.js';
import { declared, pages, rows } from './client-libraries.js';
import { projectWith } from './project.js';

test('the table has a row for each preset of a library', () => {
  const presets = rows.flatMap(({ text }) => /http: '([^']+)'/.exec(text)?.[1] ?? 'opentelemetry');
  expect(presets).toEqual(expect.arrayContaining(Object.keys(libraries)));
});

test.each(rows)('$name: the declaration has no findings', async ({ text }) => {
  const { findings } = await projectWith({ 'applications/orders.ts': declared(text) });
  expect(findings).toEqual([]);
});

const withPreset = pages.filter(({ library }) => library in libraries);

test.each(withPreset)('$library has the bounds that its preset states', ({ library, text }) => {
  const bounds = [...text.matchAll(/le="([0-9.]+)"/g)].map(([, bound]) => Number(bound));
  expect([...new Set(bounds)]).toEqual(libraries[library as Library].bounds);
});
