// @ts-check
import { resolve } from 'node:path';
import { fileURLToPath } from 'node:url';
import { run, shippedFolders } from '../scripts/bundle.js';

const [environments = '', , content = ''] = process.argv.slice(2);
const own = content === '' ? [] : ['alerts', 'dashboards'].map((name) => resolve(content, name));

await run(fileURLToPath(new URL('./synth.ts', import.meta.url)), [
  ...shippedFolders,
  ...own,
  resolve(environments),
]);
