/**
 * Takes pictures of the gallery into docs/, by Debian's Chromium (apt-get install chromium).
 * Another one is named by CHROMIUM.
 */
import { spawnSync } from 'node:child_process';
import { existsSync, mkdirSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath, pathToFileURL } from 'node:url';
import { writePreview } from './preview/write.js';

const pictures = [
  { page: 'index', file: 'gallery', theme: 'dark', height: 1130 },
  { page: 'overview', file: 'overview', theme: 'light', height: 1180 },
  { page: 'nodes', file: 'nodes', theme: 'dark', height: 1180 },
  { page: 'traces', file: 'traces', theme: 'light', height: 1180 },
] as const;

const chromium = process.env.CHROMIUM ?? '/usr/bin/chromium';
if (!existsSync(chromium)) {
  process.stderr.write(
    `There is no ${chromium}: apt-get install chromium, or name one by CHROMIUM.\n`,
  );
  process.exit(1);
}
const root = fileURLToPath(new URL('..', import.meta.url));
const out = join(root, 'docs/pictures');
const profile = mkdtempSync(join(tmpdir(), 'crowsnest-chromium-'));
const flags = [
  ...['--headless', '--no-sandbox', '--disable-gpu', '--disable-quic', '--no-first-run'],
  ...['--disable-background-networking', '--disable-component-update', '--disable-sync'],
  // Else a busy machine takes the picture of a page that is half drawn.
  ...['--run-all-compositor-stages-before-draw', '--virtual-time-budget=3000'],
  ...['--hide-scrollbars', `--user-data-dir=${profile}`],
];

if ((await writePreview(join(root, '.preview'), 'production')) === undefined) process.exit(1);
mkdirSync(out, { recursive: true });
for (const { page, file, theme, height } of pictures) {
  const url = `${pathToFileURL(join(root, '.preview', `${page}.html`))}?theme=${theme}`;
  const picture = join(out, `${file}.png`);
  const { status, stderr } = spawnSync(
    chromium,
    [...flags, `--window-size=1440,${height}`, `--screenshot=${picture}`, url],
    { encoding: 'utf8' },
  );
  if (status !== 0) throw new Error(stderr);
  process.stdout.write(`docs/pictures/${file}.png\n`);
}
rmSync(profile, { recursive: true, force: true });
