import { readdirSync, readFileSync } from 'node:fs';
import { describe, expect, test } from 'vitest';
import { loadChecks } from '../src/load-checks.js';
import type { FaultKind } from '../src/model/fault.js';
import { pagesOfSources } from '../tools/docs/pages.js';

const pages = await pagesOfSources();
const { checks } = await loadChecks();

test('the generated pages are the output of npm run docs', () => {
  const written = readdirSync(new URL('../docs/checks', import.meta.url)).sort();
  const checksOf = Object.keys(pages).flatMap((path) => path.match(/(?<=^checks\/).*/) ?? []);
  expect(written).toEqual(checksOf.sort());
  for (const [path, text] of Object.entries(pages)) {
    expect(readFileSync(new URL(`../docs/${path}`, import.meta.url), 'utf8')).toBe(text);
  }
});

test('every file in the folder of a domain is a check that ships', () => {
  const files = readdirSync(new URL('../src/checks', import.meta.url), { withFileTypes: true })
    .filter((domain) => domain.isDirectory() && domain.name !== 'support')
    .flatMap(({ name: domain }) =>
      readdirSync(new URL(`../src/checks/${domain}`, import.meta.url))
        .filter((name) => name.endsWith('.ts'))
        .map((name) => `src/checks/${domain}/${name}`),
    );
  expect(checks.map(({ file }) => file).sort()).toEqual(files.sort());
});

describe.each(checks)('the faults of $name', ({ value: { faults } }) => {
  test('have names of lower-case words', () => {
    const names = Object.keys(faults);
    expect(names.length).toBeGreaterThan(0);
    expect(names.filter((name) => !/^[a-z]+(-[a-z]+)*$/.test(name))).toEqual([]);
  });

  test.each(Object.entries(faults))('%s is described in sentences', (_, fault: FaultKind) => {
    for (const sentence of [fault.what, fault.why, fault.fix]) {
      expect(sentence).toMatch(/^[A-Z'$].*\.$/);
    }
    expect(fault.example.trim()).not.toBe('');
  });
});
