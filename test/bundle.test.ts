import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { repository, run } from './output/command.js';
import { fill, temporaryFolder } from './output/folder.js';

const started =
  "import { run } from 'BUNDLE';\nawait run('FOLDER/entry.ts', ['FOLDER/modules', 'FOLDER/none']);\n";

// Writes how it was run, and whether the module it loads is the very one that it imports.
const entry = `import { writeFileSync } from 'node:fs';
import imported from './modules/one.js';
import { count } from './shared.js';

export const main = async (load?: (path: string) => Promise<{ default: number }>) => {
  const { default: value } = load ? await load('FOLDER/modules/one.ts') : { default: imported };
  const result = { bundled: load !== undefined, value, count: count() };
  writeFileSync('FOLDER/result.json', JSON.stringify(result));
};
`;

const shared = 'let calls = 0;\nexport const count = (): number => (calls += 1);\n';

const ranWith = async (module: string, files: Readonly<Record<string, string>> = {}) => {
  const folder = temporaryFolder();
  const placed = (text: string): string =>
    text.replaceAll('FOLDER', folder).replace('BUNDLE', join(repository, 'scripts/bundle.js'));
  fill(folder, {
    'package.json': '{ "type": "module" }',
    'start.js': placed(started),
    'entry.ts': placed(entry),
    'shared.ts': shared,
    'modules/one.ts': module,
    ...files,
  });
  const { status, stderr } = await run([process.execPath, 'start.js'], folder);
  if (status !== 0) throw new Error(stderr);
  return { ...JSON.parse(readFileSync(join(folder, 'result.json'), 'utf8')), told: stderr };
};

const counting = "import { count } from '../shared.js';\nexport default count();\n";

test('a file is run as one script with the modules of its folders, whose imports it shares', async () => {
  const hidden = { 'modules/.hidden.ts': 'throw new Error();\n' };
  expect(await ranWith(counting, hidden)).toEqual({ bundled: true, value: 1, count: 2, told: '' });
});

// Of the same name as one that lies beside the sources, and is none of their dependencies.
const ownYaml = {
  'node_modules/yaml/package.json': JSON.stringify({
    exports: { import: './one.mjs', require: './two.cjs' },
  }),
  'node_modules/yaml/one.mjs': 'export default 1;\n',
  'node_modules/yaml/two.cjs': 'module.exports = 2;\n',
};

test.each([
  ['asks where it is', 'export default import.meta.url.length > 10 ? 1 : 0;\n'],
  ['waits at its top', 'export default await Promise.resolve(1);\n'],
  [
    'imports what it names when it runs',
    "const name = ['node', 'fs'].join(':');\nimport(name).then(() => {});\nexport default 1;\n",
  ],
  ['imports a package of its own', "import one from 'yaml';\nexport default one;\n"],
  [
    'imports a file of a package of its own',
    "import one from '../node_modules/yaml/one.mjs';\nexport default one;\n",
  ],
  [
    'fails where it is bundled',
    "if (typeof require !== 'undefined') throw new Error();\nexport default 1;\n",
  ],
])('what %s is run as it is, and that is told', async (_, module) => {
  expect(await ranWith(module, ownYaml)).toEqual({
    bundled: false,
    value: 1,
    count: 1,
    told: expect.stringMatching(/^The files were loaded one by one, which takes longer: .*\n$/),
  });
});

test('what cannot be compiled is told of by the file itself', async () => {
  await expect(ranWith('export default 1 +;\n')).rejects.toThrow(/modules\/one\.ts:1/);
});
