import { existsSync } from 'node:fs';
import { dirname, join, normalize } from 'node:path';
import { expect, it } from 'vitest';
import { repository } from '../output/command.js';
import { anchorsOf, linksIn } from '../readme/links.js';
import { allPages, textOf } from '../readme/pages.js';

const pages = [...allPages, 'CHANGELOG.md'];
const anchors = new Map(pages.map((page) => [page, anchorsOf(textOf(page))]));

it.each(pages)('every link in %s leads to a file and a heading', (page) => {
  const broken = linksIn(textOf(page)).filter((link) => {
    const [path = '', anchor] = link.split('#');
    const target = path === '' ? page : normalize(join(dirname(page), decodeURI(path)));
    if (target.startsWith('..') || !existsSync(join(repository, target))) return true;
    if (anchor === undefined) return false;
    return !(anchors.get(target) ?? anchorsOf(textOf(target))).has(anchor);
  });
  expect(broken).toEqual([]);
});

it('the README has links to all pages', () => {
  const linked = new Set(linksIn(textOf('README.md')).map((link) => link.replace(/#.*/, '')));
  const guides = allPages.includes('docs/guides/README.md')
    ? linksIn(textOf('docs/guides/README.md')).map((link) => normalize(join('docs/guides', link)))
    : [];
  const reached = new Set([...linked, ...guides]);
  // docs/checks.md has links to the pages of the checks.
  expect(
    allPages.filter(
      (page) => page !== 'README.md' && !page.startsWith('docs/checks/') && !reached.has(page),
    ),
  ).toEqual([]);
});

it('the README has at most 150 lines', () => {
  expect(textOf('README.md').trimEnd().split('\n').length).toBeLessThanOrEqual(150);
});
