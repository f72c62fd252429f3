import { cpSync, mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { expect, test } from 'vitest';
import { skeletons } from '../scripts/new-alert.js';
import { loadContent } from '../src/content/load.js';

test('a new group from npm run new:alert has no findings', async () => {
  const folder = mkdtempSync(join(tmpdir(), 'new-alert-'));
  try {
    mkdirSync(join(folder, 'alerts'));
    cpSync(resolve('src'), join(folder, 'src'), { recursive: true });
    cpSync(resolve('package.json'), join(folder, 'package.json'));
    for (const [extension, text] of Object.entries(skeletons('shopping-carts'))) {
      writeFileSync(join(folder, 'alerts', `shopping-carts${extension}`), text);
    }
    const { content, findings } = await loadContent([folder]);
    expect(findings).toEqual([]);
    expect(Object.keys(content.alerts)).toEqual(['shopping-carts']);
  } finally {
    rmSync(folder, { recursive: true });
  }
});
