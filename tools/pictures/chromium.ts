import { existsSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

/** A picture to take of a page. */
export interface Shot {
  readonly url: string;
  /** The path of the PNG file. */
  readonly file: string;
  readonly width: number;
  readonly height: number;
}

/** Debian's Chromium, or the one in `CHROMIUM`; exits if it is missing. */
export const chromium = (): string => {
  const program = process.env.CHROMIUM ?? '/usr/bin/chromium';
  if (existsSync(program)) return program;
  process.stderr.write(
    `${program} is missing: apt-get install chromium, or set CHROMIUM to another one.\n`,
  );
  process.exit(1);
};

/** Runs the command that takes a picture, with a temporary browser profile. */
export const takeShot = async (
  { url, file, width, height }: Shot,
  run: (command: readonly string[]) => unknown,
): Promise<void> => {
  const profile = mkdtempSync(join(tmpdir(), 'crowsnest-chromium-'));
  await run([
    chromium(),
    ...['--headless', '--no-sandbox', '--disable-gpu', '--disable-quic', '--no-first-run'],
    ...['--disable-background-networking', '--disable-component-update', '--disable-sync'],
    // Without it, a busy machine takes the picture before the page is complete.
    ...['--run-all-compositor-stages-before-draw', '--virtual-time-budget=20000'],
    ...['--hide-scrollbars', `--user-data-dir=${profile}`],
    ...[`--window-size=${width},${height}`, `--screenshot=${file}`, url],
  ]);
  rmSync(profile, { recursive: true, force: true });
};
