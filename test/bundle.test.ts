import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { repository, run } from './output/command.js';
import { fill, temporaryFolder } from './output/folder.js';

const started =
  "import { run } from 'BUNDLE';\nawait run('FOLDER/entry.ts', ['FOLDER/modules', 'FOLDER/none']);\n";

// Writes how it was run, and whether the module it loads is the very one that it imports.
const entry = `import { writeFileSync } from 'node:fs';
import { count } from './shared.js';

export const main = async (load?: (path: string) => Promise<{ default: number }>) => {
  const path = 'FOLDER/modules/one.ts';
  const { default: value } = await (load ? load(path) : import(path));
  writeFileSync('FOLDER/result.json', JSON.stringify({ bundled: load !== undefined, value, count: count() }));
};
`;

const shared = 'let calls = 0;\nexport const count = (): number => (calls += 1);\n';

const ranWith = async (module: string): Promise<unknown> => {
  const folder = temporaryFolder();
  const placed = (text: string): string =>
    text.replaceAll('FOLDER', folder).replace('BUNDLE', join(repository, 'scripts/bundle.js'));
  fill(folder, {
    'package.json': '{ "type": "module" }',
    'start.js': placed(started),
    'entry.ts': placed(entry),
    'shared.ts': shared,
    'modules/one.ts': module,
  });
  const { status, stderr } = await run([process.execPath, 'start.js'], folder);
  if (status !== 0) throw new Error(stderr);
  return JSON.parse(readFileSync(join(folder, 'result.json'), 'utf8'));
};

const counting = "import { count } from '../shared.js';\nexport default count();\n";

test('a file is run as one script with the modules of its folders, whose imports it shares', async () => {
  expect(await ranWith(counting)).toEqual({ bundled: true, value: 1, count: 2 });
});

test.each([
  ['asks where it is', 'export default import.meta.url.length > 10 ? 1 : 0;'],
  ['waits at its top', 'export default await Promise.resolve(1);'],
  [
    'works only where it is not bundled',
    "export default typeof require === 'undefined' ? 1 : (() => { throw new Error(); })();",
  ],
])('what %s is run as it is', async (_, module) => {
  expect(await ranWith(module)).toEqual({ bundled: false, value: 1, count: 1 });
});

test('what cannot be compiled is told of by the file itself', async () => {
  await expect(ranWith('export default 1 +;\n')).rejects.toThrow(/modules\/one\.ts:1/);
});
