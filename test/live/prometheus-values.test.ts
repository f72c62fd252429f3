import { execFile } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { afterAll, expect, it } from 'vitest';
import { stringify } from 'yaml';
import { engineBinary } from '../engines/installation.js';
import { prometheusValues } from '../schema/prometheus-values.js';

const run = promisify(execFile);
const folder = mkdtempSync(join(tmpdir(), 'crowsnest-live-'));
afterAll(() => rmSync(folder, { recursive: true, force: true }));

it('promtool accepts exactly the values that the tests of the schema state', async () => {
  const promtool = await engineBinary('promtool');
  const accepts = (config: object, name: string): Promise<boolean> => {
    const file = join(folder, `${name}.yml`);
    writeFileSync(file, stringify(config));
    return run(promtool, ['check', 'config', '--syntax-only', file]).then(
      () => true,
      () => false,
    );
  };
  const wrong: string[] = [];
  for (const [index, { what, config, accepted }] of prometheusValues.entries()) {
    if ((await accepts(config, `${index}`)) !== accepted) wrong.push(what);
  }
  expect(wrong).toEqual([]);
}, 120_000);
