// @ts-check
import { readFileSync } from 'node:fs';
import { resolve } from 'node:path';
import { fileURLToPath } from 'node:url';
import { run, shippedFolders } from '../scripts/bundle.js';

/**
 * By the mode that is asked for, the module that stands in for one of the sources.
 *
 * @type {Readonly<Record<string, { file: string, insteadOf: RegExp }>>}
 */
const variants = {
  'nothing kept': { file: 'nothing-kept.ts', insteadOf: /\/src\/model\/once\.ts$/ },
  'YAML by a library': { file: 'yaml-by-library.ts', insteadOf: /\/src\/model\/yaml\.ts$/ },
};

const folder = fileURLToPath(new URL('./variants', import.meta.url));
const [environments = '', , content = '', mode = ''] = process.argv.slice(2);
const own = content === '' ? [] : ['alerts', 'dashboards'].map((name) => resolve(content, name));
const variant = variants[mode];

/** @type {import('esbuild').Plugin[]} */
const plugins = variant
  ? [
      {
        name: mode,
        setup: ({ onLoad }) => {
          onLoad({ filter: variant.insteadOf }, () => ({
            contents: readFileSync(resolve(folder, variant.file), 'utf8'),
            loader: 'ts',
            resolveDir: folder,
          }));
        },
      },
    ]
  : [];

await run(
  fileURLToPath(new URL('./synth.ts', import.meta.url)),
  [...shippedFolders, ...own, resolve(environments)],
  plugins,
);
