import { fileURLToPath } from 'node:url';
import { loadContent } from '../../src/content/load.js';
import { alertNamesPage } from './alert-names-page.js';
import { checkPages } from './check-pages.js';
import { commandPage } from './command-page.js';
import { contentPage } from './content-page.js';
import { optionPage } from './options/page.js';

const root = fileURLToPath(new URL('../..', import.meta.url));

/** The pages of `docs` that are generated from `src`, by their paths in `docs`. */
export const pagesOfSources = async (): Promise<Readonly<Record<string, string>>> => ({
  ...(await checkPages()),
  'commands.md': commandPage(),
});

/** The pages of `docs` that need the compiler or what ships, by their paths in `docs`. */
export const pagesOfContent = async (): Promise<Readonly<Record<string, string>>> => {
  const { content } = await loadContent([root]);
  return {
    'alert-names.md': alertNamesPage(content),
    'content.md': contentPage(content),
    'options.md': optionPage(root),
  };
};
