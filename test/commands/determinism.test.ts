import { join } from 'node:path';
import { expect, test, vi } from 'vitest';
import { synthesize } from '../../src/synthesize.js';
import { abroad, clone, run } from '../output/command.js';
import { contentOf, temporaryFolder } from '../output/folder.js';
import { sampleFiles } from '../sample/content.js';

const files = {
  'environments/full.ts': "export { full as default } from '../test/checks/full.js';\n",
  'environments/minimal.ts': "export { minimal as default } from '../test/environment.js';\n",
  // The options of the components are imported with await, which a file in a clone cannot have.
  'main.ts': `import { synthesize } from './src/index.js';
await synthesize({ environments: 'environments', out: 'dist' });
`,
  ...sampleFiles(),
};
const copied = [
  ...['test/checks/full.ts', 'test/checks/whole.ts', 'test/environment.ts'],
  ...['test/components/options.ts', 'test/components/options'],
  'test/components/custom-resources.ts',
];

test('every synthesis returns the same bytes, in any folder, language and time zone', async () => {
  const [here, elsewhere] = [clone(files, copied), clone(files, copied)];
  const child = run([process.execPath, '--import', 'tsx', 'main.ts'], elsewhere, abroad);

  vi.spyOn(process.stderr, 'write').mockReturnValue(true);
  const outs = [temporaryFolder(), temporaryFolder()];
  for (const out of outs) {
    const { findings } = await synthesize({ environments: join(here, 'environments'), out }, here);
    // The stores of its options get no lines.
    expect(findings.filter(({ code }) => code !== 'connections/no-logs')).toEqual([]);
  }
  vi.restoreAllMocks();

  const [first, second] = outs.map(contentOf);
  expect(Object.keys(first!).length).toBeGreaterThan(12);
  expect(second).toEqual(first);
  expect(await child).toEqual({ status: 0, stderr: expect.stringContaining('objects') });
  expect(contentOf(join(elsewhere, 'dist'))).toEqual(first);
});
