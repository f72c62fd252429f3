/**
 * Writes pictures of the dashboards to docs/pictures, with Chromium: in a Grafana with real data if
 * GRAFANA or the PATH has one, otherwise of the gallery, without data.
 */
import { spawnSync } from 'node:child_process';
import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath, pathToFileURL } from 'node:url';
import { findGrafana, howToSupplyGrafana } from '../test/live/grafana-installation.js';
import { chromium, takeShot } from './pictures/chromium.js';
import { picturedMinutes, takeDashboardPictures } from './pictures/grafana.js';
import { picturesPage } from './pictures/page.js';

const gallery = { page: 'index', name: 'gallery', theme: 'dark', height: 1130 } as const;
const dashboards = [
  { page: 'overview', name: 'overview', theme: 'light', height: 1180 },
  { page: 'nodes', name: 'nodes', theme: 'dark', height: 1180 },
  { page: 'traces', name: 'traces', theme: 'light', height: 1180 },
] as const;

chromium();
const root = fileURLToPath(new URL('..', import.meta.url));
const out = join(root, 'docs/pictures');
const fileOf = ({ name }: { readonly name: string }): string => join(out, `${name}.png`);

const run = ([program = '', ...args]: readonly string[]): void => {
  const { status, stderr } = spawnSync(program, args, { cwd: root, encoding: 'utf8' });
  if (status !== 0) throw new Error(stderr);
};

run([process.execPath, join(root, 'bin/crowsnest.js'), 'preview']);
mkdirSync(out, { recursive: true });
const grafana = findGrafana();
for (const one of grafana ? [gallery] : [gallery, ...dashboards]) {
  const url = `${pathToFileURL(join(root, '.preview', `${one.page}.html`))}?theme=${one.theme}`;
  await takeShot({ url, file: fileOf(one), width: 1440, height: one.height }, run);
}
if (grafana) {
  await takeDashboardPictures(
    dashboards.map((one) => ({ ...one, file: fileOf(one) })),
    grafana,
  );
} else {
  process.stdout.write(`Without data, because there is no Grafana. ${howToSupplyGrafana}\n`);
}
const used = grafana && { version: grafana.version, minutes: picturedMinutes };
const today = new Date().toISOString().slice(0, 10);
const names = [...dashboards, gallery].map(({ name }) => name);
writeFileSync(join(out, 'README.md'), picturesPage(names, used, today));
process.stdout.write(names.map((name) => `docs/pictures/${name}.png\n`).join(''));
process.exit(0);
