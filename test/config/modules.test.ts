import { createRequire } from 'node:module';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { type LoadModule, loadModules } from '../../src/config/modules.js';
import { fill, temporaryFolder } from '../output/folder.js';

const load = (files: Record<string, string>, loadModule?: LoadModule) =>
  loadModules(fill(temporaryFolder(), files), 'config', loadModule);

describe('a folder of modules', () => {
  test('returns the default exports, in the order of the file names', async () => {
    const { modules, findings } = await load({
      'staging.ts': 'export default { size: "small" as string };',
      'Production.ts': 'export default 1;',
      'development.js': 'export default null;',
    });
    expect(findings).toEqual([]);
    expect(modules.map(({ name, value }) => [name, value])).toEqual([
      ['Production', 1],
      ['development', null],
      ['staging', { size: 'small' }],
    ]);
  });

  test('is skipped if it does not exist', async () => {
    expect(await loadModules(join(temporaryFolder(), 'none'), 'config')).toEqual({
      modules: [],
      findings: [],
    });
  });

  test('can contain other files, which are not loaded', async () => {
    const bomb = 'throw new Error("loaded");';
    const { modules, findings } = await load({
      'node.ts': 'export default 1;',
      'node.d.ts': bomb,
      'node.test.ts': bomb,
      '.node.ts': bomb,
      'node.test.yaml': 'tests: []',
      'node.md': '# Node',
      'node.json': '{}',
      'below/node.ts': bomb,
    });
    expect([modules.map(({ name }) => name), findings]).toEqual([['node'], []]);
  });
});

describe('a module', () => {
  test.each([
    [
      'without a default export',
      'export const size = 1;',
      'The file has no default export.',
      undefined,
    ],
    [
      'that throws',
      '\n\nthrow new Error("no such\\nthing");',
      'The file cannot be loaded: no such thing',
      3,
    ],
    [
      'that fails in the code of a value',
      'const one = undefined as any;\nexport default one.size;',
      "The file cannot be loaded: Cannot read properties of undefined (reading 'size')",
      2,
    ],
    ['that throws a text', 'throw "text";', 'The file cannot be loaded: text', undefined],
  ])('%s is a finding with its line', async (_, text, message, line) => {
    const folder = fill(temporaryFolder(), { 'bad.ts': text, 'good.ts': 'export default 1;' });
    const { modules, findings } = await loadModules(folder, 'config');
    expect(modules.map(({ name }) => name)).toEqual(['good']);
    expect(findings).toEqual([
      {
        code: expect.stringMatching(/^config\/(not-loadable|no-default-export)$/),
        severity: 'error',
        place: { file: expect.stringMatching(/bad\.ts$/), ...(line && { line }) },
        message,
        why: expect.any(String),
        remedy: expect.any(String),
      },
    ]);
  });

  test('that imports a missing package is a finding with the command that installs it', async () => {
    const { findings } = await load({ 'production.ts': '' }, async (path) =>
      createRequire(path)('@shop/no-such/a.js'),
    );
    expect(findings).toMatchObject([
      {
        message: expect.stringMatching(
          / cannot be loaded: Cannot find module '@shop\/no-such\/a\.js'$/,
        ),
        remedy: 'Run npm install @shop/no-such, or correct the name.',
      },
    ]);
  });

  test('that imports the sources where there are none names the package', async () => {
    const { findings } = await load({ 'orders.ts': '' }, async (path) => {
      throw new Error(`Cannot find module '/shop/src/index.js' imported from ${path}`);
    });
    expect(findings[0]?.remedy).toMatch(/^Import from 'crowsnest'/);
  });

  test.each([
    ['CommonJS', (path: string) => createRequire(path)('../settings/nothere.js')],
    [
      'ESM',
      (path: string) => {
        // The message of Node.js; that of a test runner differs.
        const target = join(path, '../../settings/nothere.js');
        throw new Error(`Cannot find module '${target}' imported from ${path}`);
      },
    ],
  ])('that imports a missing file is a finding at the line of the import: %s', async (_, loads) => {
    const text = "import a from './a.js';\n\nimport b from '../settings/nothere.js';\n";
    const { findings } = await load({ 'dev.ts': text }, async (path) => loads(path));
    expect(findings).toMatchObject([
      {
        place: { file: expect.stringMatching(/\/dev\.ts$/), line: 3 },
        code: 'config/not-loadable',
      },
    ]);
  });

  test('with the name of a module that is a folder is not loaded', async () => {
    const { modules, findings } = await load({
      'dir.ts/a.ts': 'export default 1;',
      'one.ts': 'export default 1;',
    });
    expect([modules.map(({ name }) => name), findings]).toEqual([['one'], []]);
  });

  test('that imports a broken module is a finding in the broken one', async () => {
    const { findings } = await load({
      'production.ts': 'import "./shared/base.js";\nexport default 1;',
      'shared/base.ts': 'export const base = 1;\n\n\nthrow new Error("broken");',
    });
    expect(findings).toMatchObject([
      {
        place: { file: expect.stringMatching(/shared\/base\.ts$/), line: 4 },
        message: expect.stringMatching(/production\.ts cannot be loaded: broken$/),
      },
    ]);
  });

  test('with the name of another is a finding, and the first one counts', async () => {
    const { modules, findings } = await load({
      'production.js': 'export default "js";',
      'production.ts': 'export default "ts";',
    });
    expect(modules.map(({ value }) => value)).toEqual(['js']);
    expect(findings).toMatchObject([
      {
        place: { file: expect.stringMatching(/production\.ts$/) },
        message: expect.stringMatching(/production\.js has the same name\.$/),
        value: 'production',
      },
    ]);
  });
});
