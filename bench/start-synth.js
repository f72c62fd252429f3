// @ts-check
import { resolve } from 'node:path';
import { fileURLToPath } from 'node:url';
import { run, shippedFolders } from '../scripts/bundle.js';

const [environments = '', , content = '', mode] = process.argv.slice(2);
const own = content === '' ? [] : ['alerts', 'dashboards'].map((name) => resolve(content, name));

/**
 * In place of `src/model/once.ts`: everything is made anew whenever it is asked for.
 *
 * @type {import('esbuild').Plugin}
 */
const keepNothing = {
  name: 'keep-nothing',
  setup: ({ onLoad }) => {
    onLoad({ filter: /\/src\/model\/once\.ts$/ }, () => ({
      contents: `export const once = (make) => make;
        export const onceForText = once;
        export const sameList = () => (list) => list;`,
    }));
  },
};

await run(
  fileURLToPath(new URL('./synth.ts', import.meta.url)),
  [...shippedFolders, ...own, resolve(environments)],
  mode === 'nothing kept' ? [keepNothing] : [],
);
