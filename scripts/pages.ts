import { checkPages } from './check-pages.js';
import { commandPage } from './command-page.js';

/** The pages of `docs` that are generated from `src`, by their paths in `docs`. */
export const pagesOfSources = async (): Promise<Readonly<Record<string, string>>> => ({
  ...(await checkPages()),
  'commands.md': commandPage(),
});
