import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import {
  type ApplicationOptions,
  application,
} from '../../src/applications/declared/application.js';
import { availability, latency } from '../../src/content/objective/objective.js';
import { repository } from '../alerts/promtool.js';

/** The rows of the table of client libraries: the names of the libraries, and a part of a declaration. */
export const rows = (() => {
  const page = readFileSync(join(repository, 'docs/objectives.md'), 'utf8');
  const [section = ''] = /^## Client libraries\n[\s\S]*?(?=^## )/m.exec(page) ?? [];
  return [...section.matchAll(/^\| ([^|]+) \| `(metrics: .+?)` \| /gm)].map(([, name, text]) => ({
    name: name!,
    text: text!.replaceAll('\\|', '|'),
  }));
})();

/** An application with a part of a declaration from the table. */
export const declared = (text: string) => {
  const options = new Function('availability', 'latency', `return { ${text} };`)(
    availability,
    latency,
  ) as ApplicationOptions;
  return application({ ...options, name: 'orders', namespace: 'shop', labels: { app: 'orders' } });
};

/**
 * Metrics pages of real libraries with default settings, after three successful requests, one that failed by an
 * exception of its handler and one that was not found. The names are those in the table.
 */
const folder = join(import.meta.dirname, '../content/objective/pages');
export const pages = readdirSync(folder).map((file) => ({
  library: file.replace('.txt', ''),
  text: readFileSync(join(folder, file), 'utf8'),
}));
