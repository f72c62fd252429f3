import { createRequire } from 'node:module';
import { expect, test } from 'vitest';
import { analyse } from '../../src/logql/analyse.js';

const { cache } = createRequire(import.meta.url);
const isLoaded = (): boolean => Object.keys(cache).some((path) => path.includes('lezer-logql'));

test('the grammar is loaded by the first query', () => {
  expect(isLoaded()).toBe(false);
  analyse('{app="a"}');
  expect(isLoaded()).toBe(true);
});
