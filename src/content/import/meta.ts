import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join, relative } from 'node:path';
import { z } from 'zod';
import type { Finding } from '../../model/finding.js';
import { readJson } from '../../model/json-text.js';
import { suggest } from '../../model/suggestion.js';
import { validateValue } from '../../schema/validate-value.js';
import type { Dashboard } from '../dashboard.js';
import { contentFinding } from '../faults.js';
import { invalidJson } from './document.js';

/** The file next to an imported dashboard, which states what Grafana does not export. */
export const metaExtension = '.meta.json';

const metaSchema = z.strictObject({
  /** As `needs` of a dashboard in TypeScript. */
  needs: z.array(z.string().min(1)).optional(),
  /** @default 'Imported' */
  folder: z.string().min(1).optional(),
});

/** What the file next to an imported dashboard states; nothing without a file. */
export const metaOf = (
  folder: string,
  name: string,
): {
  readonly meta: Partial<Pick<Dashboard, 'needs' | 'folder'>>;
  readonly findings: readonly Finding[];
} => {
  const path = join(folder, `${name}${metaExtension}`);
  if (!existsSync(path)) return { meta: {}, findings: [] };
  const file = relative(process.cwd(), path);
  const json = readJson(readFileSync(path, 'utf8').replace(/^\uFEFF/, ''));
  if (!('value' in json)) return { meta: {}, findings: [invalidJson(json, file)] };
  const { data, faults } = validateValue(metaSchema, json.value, file);
  return { meta: data ?? {}, findings: faults.map(contentFinding) };
};

/** Such files without an imported dashboard. */
export const strayMetas = (folder: string, dashboards: readonly string[]): Finding[] =>
  (existsSync(folder) ? readdirSync(folder) : [])
    .filter((entry) => entry.endsWith(metaExtension) && !entry.startsWith('.'))
    .sort()
    .flatMap((entry) => {
      const name = entry.slice(0, -metaExtension.length);
      if (dashboards.includes(name)) return [];
      const suggestion = suggest(name, dashboards);
      return [
        contentFinding({
          fault: 'stray-meta',
          place: { file: relative(process.cwd(), join(folder, entry)) },
          value: name,
          ...(suggestion && { suggestion }),
        }),
      ];
    });
