import { join } from 'node:path';
import { expect, test, vi } from 'vitest';
import { synthesize } from '../src/synthesize.js';
import { commands, project, repository, run } from './output/command.js';
import { contentOf, temporaryFolder } from './output/folder.js';

const environments = {
  'environments/full.ts': `export { full as default } from '${repository}/test/checks/full.ts';\n`,
  'environments/minimal.ts': `export { minimal as default } from '${repository}/test/environment.ts';\n`,
};

test('every synthesis gives the same bytes, wherever and in whatever language and time zone', async () => {
  const [here, elsewhere] = [project(environments), project(environments)];
  const child = run(commands['npm run synth'], elsewhere, {
    TZ: 'Asia/Kathmandu',
    LC_ALL: 'tr_TR.UTF-8',
    LANG: 'tr_TR.UTF-8',
  });

  vi.spyOn(process.stderr, 'write').mockReturnValue(true);
  const outs = [temporaryFolder(), temporaryFolder()];
  for (const out of outs) {
    const { findings } = await synthesize({ environments: join(here, 'environments'), out });
    expect(findings).toEqual([]);
  }
  vi.restoreAllMocks();

  const [first, second] = outs.map(contentOf);
  expect(Object.keys(first!).length).toBeGreaterThan(12);
  expect(second).toEqual(first);
  expect(await child).toEqual({ status: 0, stderr: expect.stringContaining('objects') });
  expect(contentOf(join(elsewhere, 'dist'))).toEqual(first);
});
