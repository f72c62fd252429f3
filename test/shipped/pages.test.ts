import { expect, it } from 'vitest';
import { environmentSchema } from '../../src/environment/environment.js';
import { optionsOf } from '../../tools/docs/options/option.js';
import { pagesOfContent } from '../../tools/docs/pages.js';
import { textOf } from '../readme/pages.js';

const pages = await pagesOfContent();

it.each(Object.entries(pages))('%s is the output of npm run docs', (path, text) => {
  expect(textOf(`docs/${path}`)).toBe(text);
});

it('the page of the options has every option of an environment but users’ components', () => {
  const top = Object.keys(environmentSchema.shape).filter((name) => name !== 'components');
  const page = pages['options.md']!;
  expect(
    top.filter((name) => !new RegExp(`^## ${name}$|^\\| \\[\`${name}\``, 'm').test(page)),
  ).toEqual([]);
  // Without the compiler, also the fields of the engines are listed.
  const own = optionsOf(environmentSchema.shape.cluster, undefined, 'cluster').map(
    ({ path }) => path,
  );
  expect(own.length).toBeGreaterThan(15);
  expect(
    own.filter((path) => !page.includes(`| [\`${path}\`](../src/config/cluster.ts) |`)),
  ).toEqual([]);
});
