/** Writes the pages of `docs/` that are generated from the sources. */
import { mkdirSync, rmSync, writeFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { pagesOfContent, pagesOfSources } from './docs/pages.js';

const docs = fileURLToPath(new URL('../docs/', import.meta.url));
rmSync(`${docs}checks`, { recursive: true, force: true });
mkdirSync(`${docs}checks`);
const pages = { ...(await pagesOfSources()), ...(await pagesOfContent()) };
for (const [path, text] of Object.entries(pages)) writeFileSync(docs + path, text);
