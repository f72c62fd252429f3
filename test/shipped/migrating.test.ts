import { expect, it } from 'vitest';
import { blocksIn } from '../readme/block.js';
import { allPages, textOf } from '../readme/pages.js';

const rows = [...textOf('docs/migrating.md').matchAll(/^\| (`.*`.*) \| (.*) \|$/gm)];
const options = textOf('docs/options.md');

it('the page about migrating names options that exist', () => {
  const named = rows.flatMap(([, , option = '']) =>
    [...option.matchAll(/`([a-z][\w.]*)`/gi)].map(([, name = '']) => name),
  );
  expect(named.length).toBeGreaterThan(40);
  const known = (name: string): boolean =>
    options.includes(`[\`${name}\`]`) || new RegExp(`^## ${name}$`, 'm').test(options);
  expect(named.filter((name) => !known(name))).toEqual([]);
});

it('the page about migrating names each value once', () => {
  const values = rows.flatMap(([, value = '']) => value.match(/`[^`]+`/g) ?? []);
  expect(values.length).toBeGreaterThan(50);
  expect(values).toEqual([...new Set(values)]);
});

it('no page has an indented block of code, which no test would find', () => {
  expect(allPages.filter((page) => /^ +```/m.test(textOf(page)))).toEqual([]);
  expect(blocksIn(textOf('docs/migrating.md')).map(({ mark }) => mark)).toContain('options');
});
