import { copyFileSync, mkdirSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { hasError } from '../../src/model/finding.js';
import { report } from '../../src/output/report.js';
import { previewedDashboards } from './dashboards.js';
import { dashboardPage, indexPage } from './page.js';

const assets = ['preview.css', 'preview.js'];

/** Writes the gallery of an environment's dashboards, and returns their number, or the errors. */
export const writePreview = async (
  folder: string,
  environment: string,
): Promise<number | undefined> => {
  const { dashboards, findings } = await previewedDashboards(environment);
  if (findings.length > 0) process.stderr.write(report(findings));
  if (hasError(findings)) return undefined;
  rmSync(folder, { recursive: true, force: true });
  mkdirSync(folder, { recursive: true });
  for (const asset of assets) {
    copyFileSync(fileURLToPath(new URL(asset, import.meta.url)), join(folder, asset));
  }
  writeFileSync(join(folder, 'index.html'), indexPage(dashboards, environment));
  for (const one of dashboards) {
    writeFileSync(join(folder, `${one.uid}.html`), dashboardPage(one, dashboards));
  }
  return dashboards.length;
};
