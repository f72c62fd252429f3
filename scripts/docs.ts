/** Writes the pages of `docs/` that are generated from the sources. */
import { mkdirSync, rmSync, writeFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { pagesOfSources } from './pages.js';

const docs = fileURLToPath(new URL('../docs/', import.meta.url));
rmSync(`${docs}checks`, { recursive: true, force: true });
mkdirSync(`${docs}checks`);
for (const [path, text] of Object.entries(await pagesOfSources())) writeFileSync(docs + path, text);
