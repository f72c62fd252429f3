import { readFileSync } from 'node:fs';
import { expect, test } from 'vitest';
import { checkPage } from '../scripts/check-page.js';

test('docs/checks.md is what the checks say of themselves; npm run docs renews it', async () => {
  expect(readFileSync('docs/checks.md', 'utf8')).toBe(await checkPage());
});
