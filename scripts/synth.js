// @ts-check
import { resolve } from 'node:path';
import { fileURLToPath } from 'node:url';
import { run, shippedFolders } from './bundle.js';

await run(fileURLToPath(new URL('../src/main.ts', import.meta.url)), [
  ...shippedFolders,
  resolve('environments'),
]);
