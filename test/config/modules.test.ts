import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { loadModules } from '../../src/config/modules.js';
import { fill, temporaryFolder } from '../output/folder.js';

const load = (files: Record<string, string>) =>
  loadModules(fill(temporaryFolder(), files), 'config');

describe('a folder of modules', () => {
  test('gives what each exports by default, in the order of their names', async () => {
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

  test('is passed over where it does not exist', async () => {
    expect(await loadModules(join(temporaryFolder(), 'none'), 'config')).toEqual({
      modules: [],
      findings: [],
    });
  });

  test('may hold other files, which are not loaded', async () => {
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
      'that trips over a value',
      'const one = undefined as any;\nexport default one.size;',
      "The file cannot be loaded: Cannot read properties of undefined (reading 'size')",
      2,
    ],
    ['that throws no error', 'throw "text";', 'The file cannot be loaded: text', undefined],
  ])('%s is a finding with its line', async (_, text, message, line) => {
    const folder = fill(temporaryFolder(), { 'bad.ts': text, 'good.ts': 'export default 1;' });
    const { modules, findings } = await loadModules(folder, 'config');
    expect(modules.map(({ name }) => name)).toEqual(['good']);
    expect(findings).toEqual([
      {
        check: 'config',
        severity: 'error',
        place: { file: expect.stringMatching(/bad\.ts$/), ...(line && { line }) },
        message,
        remedy: expect.any(String),
      },
    ]);
  });

  test('that imports a broken one is a finding in that one', async () => {
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

  test('of the name of another is a finding, and the first one counts', async () => {
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
