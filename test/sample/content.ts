import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { loadContent } from '../../src/content/load.js';
import { hasError } from '../../src/model/finding.js';

/**
 * A folder with environments, dashboards and alerts for tests, because users change the shipped
 * ones.
 */
export const sample = fileURLToPath(new URL('.', import.meta.url)).replace(/\/$/, '');

/** The dashboards and alerts of the sample. */
export const sampleContent = async () => {
  const { content, findings } = await loadContent([sample]);
  if (hasError(findings)) throw new Error(JSON.stringify(findings, null, 2));
  return content;
};

/** The files of the content, with their paths in a clone. */
export const sampleFiles = (): Record<string, string> =>
  Object.fromEntries(
    ['alerts', 'dashboards'].flatMap((folder) =>
      readdirSync(join(sample, folder)).map((name) => [
        `${folder}/${name}`,
        readFileSync(join(sample, folder, name), 'utf8').replace("'../../../src/", "'../src/"),
      ]),
    ),
  );
