/** Writes the pages of `docs/` that are generated from the sources. */
import { mkdirSync, rmSync, writeFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { checkPages } from './check-pages.js';

const docs = fileURLToPath(new URL('../docs/', import.meta.url));
rmSync(`${docs}checks`, { recursive: true, force: true });
mkdirSync(`${docs}checks`);
for (const [path, text] of Object.entries(await checkPages())) writeFileSync(docs + path, text);
