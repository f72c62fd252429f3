import { readdirSync, readFileSync } from 'node:fs';
import { join, resolve } from 'node:path';

const repository = resolve(import.meta.dirname, '../..');

const inDocs = readdirSync(join(repository, 'docs'), { recursive: true, encoding: 'utf8' })
  .filter((name) => name.endsWith('.md'))
  .map((name) => `docs/${name.replaceAll('\\', '/')}`)
  .sort();

/** All pages of the documentation, by their paths in the repository. */
export const allPages: readonly string[] = ['README.md', 'CONTRIBUTING.md', ...inDocs];

/** The text of a page. */
export const textOf = (page: string): string => readFileSync(join(repository, page), 'utf8');

/** Pages whose examples have tests of their own, or that are written by a program. */
const others =
  /^(CONTRIBUTING|docs\/(components|existing|evidence))\.md$|^docs\/(guides|pictures)\//;

/** The pages with instructions, whose examples `npx tsx tools/readme.ts` follows: a new page is one of them. */
export const instructions: readonly string[] = allPages.filter(
  (page) => !others.test(page) && !textOf(page).startsWith('<!-- Generated'),
);
