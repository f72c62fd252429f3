/** Writes the pages of `docs/` that follow from the sources. */
import { writeFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { checkPage } from './check-page.js';

writeFileSync(fileURLToPath(new URL('../docs/checks.md', import.meta.url)), await checkPage());
