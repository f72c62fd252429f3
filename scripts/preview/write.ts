import { copyFileSync, mkdirSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { previewedDashboards } from './dashboards.js';
import { dashboardPage, indexPage } from './page.js';

const assets = ['preview.css', 'preview.js'];

/** Writes the gallery of an environment's dashboards; returns how many there are. */
export const writePreview = async (folder: string, environment: string): Promise<number> => {
  const dashboards = await previewedDashboards(environment);
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
