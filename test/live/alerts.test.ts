import { execFile } from 'node:child_process';
import { copyFileSync, mkdtempSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { promisify } from 'node:util';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { loadContent } from '../../src/content/load.js';
import { engineBinary } from '../engines/installation.js';

const run = promisify(execFile);
const repository = resolve(import.meta.dirname, '../..');
const alerts = join(repository, 'alerts');
const folder = mkdtempSync(join(tmpdir(), 'crowsnest-alerts-'));
const tests = readdirSync(alerts).filter((file) => file.endsWith('.test.yaml'));

beforeAll(async () => {
  const { content } = await loadContent([repository]);
  for (const [name, text] of Object.entries(content.rules)) writeFileSync(join(folder, name), text);
  for (const name of tests) copyFileSync(join(alerts, name), join(folder, name));
});
afterAll(() => rmSync(folder, { recursive: true, force: true }));

describe('the alerts', () => {
  it('have a test file for each group', () => {
    const groups = readdirSync(alerts).filter((file) => file.endsWith('.ts'));
    expect(tests).toEqual(groups.map((file) => file.replace(/\.ts$/, '.test.yaml')));
  });

  it.each(tests)('fire and stay silent as %s says', async (name) => {
    const { stdout } = await run(await engineBinary('promtool'), ['test', 'rules', name], {
      cwd: folder,
    });
    expect(stdout).toContain('SUCCESS');
  });
});
