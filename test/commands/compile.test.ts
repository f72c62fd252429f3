import {
  cpSync,
  existsSync,
  readdirSync,
  readFileSync,
  rmSync,
  symlinkSync,
  utimesSync,
  writeFileSync,
} from 'node:fs';
import { createRequire } from 'node:module';
import { dirname, join, relative } from 'node:path';
import { pathToFileURL } from 'node:url';
import { describe, expect, test } from 'vitest';
import { minimal } from '../environment.js';
import { clone, commands, repository, run } from '../output/command.js';
import { contentOf, fill, temporaryFolder } from '../output/folder.js';

const sources = {
  'package.json': '{ "type": "module", "peerDependencies": { "outside": "*" } }',
  'scripts/compile.js': readFileSync(join(repository, 'scripts/compile.js'), 'utf8'),
  'src/index.ts': "export { text } from './text.js';\n",
  'src/text.ts': "export const text: string = 'one';\n",
  'src/data/names.json': '[]',
  'src/cli/clone/main.ts': 'export {};\n',
  'src/content/grafana.ts': 'export {};\n',
  'src/content/alert-group.ts': 'export {};\n',
  'src/content/alert-exclusion.ts': 'export {};\n',
  'src/content/objective/window.ts': 'export {};\n',
};

/** A project with a few sources, and a function that compiles it. */
const project = async () => {
  const folder = fill(temporaryFolder(), sources);
  symlinkSync(join(repository, 'node_modules'), join(folder, 'node_modules'));
  const { compiledLibrary } = await import(pathToFileURL(join(folder, 'scripts/compile.js')).href);
  return { folder, compile: compiledLibrary as () => Promise<string> };
};

const require = createRequire(import.meta.url);
const indexOf = (library: string) => require(library).index();
const dataOf = (library: string) => join(dirname(library), 'data');

test('the compiled library has the public modules, and the data next to it', async () => {
  const { compile } = await project();
  const library = await compile();
  expect(await indexOf(library)).toMatchObject({ text: 'one' });
  expect(Object.keys(require(library)).sort()).toEqual([
    'cli',
    'content/alert-exclusion',
    'content/alert-group',
    'content/grafana',
    'content/objective/window',
    'index',
  ]);
  expect(readdirSync(dataOf(library))).toEqual(['names.json']);
});

test('the compiled library contains its packages, except those that users import too', async () => {
  const { folder, compile } = await project();
  fill(folder, {
    'src/text.ts': "export { fault } from 'outside';\nexport { load as text } from 'js-yaml';\n",
    'src/index.ts': "export * from './text.js';\n",
  });
  const text = readFileSync(await compile(), 'utf8');
  const required = [...text.matchAll(/\brequire\(["'](?!node:)(.+?)["']\)/g)];
  expect(required.map(([, name]) => name)).toEqual(['outside']);
});

test('sources are compiled again only if one has changed', async () => {
  const { folder, compile } = await project();
  const first = await compile();
  rmSync(dataOf(first), { recursive: true });
  expect(await compile()).toBe(first);
  expect(existsSync(dataOf(first))).toBe(false);
  fill(folder, { 'src/text.ts': "export const text: string = 'two';\n" });
  const second = await compile();
  expect(await indexOf(second)).toMatchObject({ text: 'two' });
  rmSync(join(folder, 'src/data/names.json'));
  expect(readdirSync(dataOf(await compile()))).toEqual([]);
});

test('the compiled library stays valid in a copy of the files with their times', async () => {
  const { folder, compile } = await project();
  const library = relative(folder, await compile());
  const copy = join(temporaryFolder(), 'copy');
  cpSync(folder, copy, { recursive: true, preserveTimestamps: true });
  const { compiledLibrary } = await import(pathToFileURL(join(copy, 'scripts/compile.js')).href);
  expect(relative(copy, await compiledLibrary())).toBe(library);
});

test('compiled sources of an earlier version are removed after a minute', async () => {
  const { folder, compile } = await project();
  const states = async (text: string): Promise<string[]> => {
    fill(folder, { 'src/text.ts': `export const text = '${text}';\n` });
    await compile();
    return readdirSync(join(folder, '.compiled'));
  };
  const [first] = await states('one');
  expect(await states('three')).toHaveLength(2);
  const old = new Date(Date.now() - 61_000);
  utimesSync(join(folder, '.compiled', first!), old, old);
  expect(await states('fifteen')).not.toContain(first);
});

test('two parallel runs share their compiled sources', async () => {
  const { folder, compile } = await project();
  const [one, other] = await Promise.all([compile(), compile()]);
  expect(other).toBe(one);
  expect(readdirSync(join(folder, '.compiled'))).toHaveLength(1);
  expect(await indexOf(one)).toMatchObject({ text: 'one' });
});

test('the code cache of a file is used, and replaced if Node.js rejects it', async () => {
  const folder = fill(temporaryFolder(), {
    'library.cjs': `exports.here = __filename;
exports.join = require('node:path').join;
exports.called = () => 'called';
`,
    'main.mjs': `import { requireCached } from ${JSON.stringify(join(repository, 'scripts/code-cache.js'))};
const { here, join, called } = requireCached(process.argv[2]);
process.stderr.write(\`\${here.endsWith(join('.', 'library.cjs'))} \${called()}\`);
`,
  });
  const library = join(folder, 'library.cjs');
  const cache = `${library}.cache`;
  const load = () => run(['node', 'main.mjs', library], folder);
  const loaded = { status: 0, stderr: 'true called' };
  expect(await load()).toEqual(loaded);
  const first = readFileSync(cache);
  expect(await load()).toEqual(loaded);
  expect(readFileSync(cache).equals(first)).toBe(true);
  writeFileSync(cache, 'not a cache');
  expect(await load()).toEqual(loaded);
  expect(readFileSync(cache).length).toBe(first.length);
  expect(readdirSync(folder).sort()).toEqual(['library.cjs', 'library.cjs.cache', 'main.mjs']);
});

const environment = `export default ${JSON.stringify(minimal)};\n`;
const { 'npm run synth': synth } = commands;
const written = { status: 0, stderr: expect.stringContaining('objects') };

describe('npm run synth', () => {
  test('loads files of a user that import the library, each other and data', async () => {
    const folder = clone({
      'environments/one.ts': `import { readFileSync } from 'node:fs';
import { metrics } from '../src/index.js';
import names from '../names.json' with { type: 'json' };
import { port } from '../shared/port.js';
const options = JSON.parse(readFileSync(new URL('../shared/options.json', import.meta.url), 'utf8'));
const endpoints = { web: { port, offers: [metrics()] } };
const workloads = { web: { kind: 'pods', namespace: 'shop', labels: { app: 'web' } } } as const;
export default { ...options, parties: names.map((name) => ({ name, workloads, endpoints, consumes: [] })) };
`,
      'shared/options.json': JSON.stringify(minimal),
      'names.json': '["checkout"]',
      'shared/port.ts': 'export const port: number = 8080;\n',
    });
    expect(await run(synth, folder)).toEqual(written);
    expect(contentOf(join(folder, 'dist'))['one/README.md']).toContain('checkout');
  });

  test.each([
    ['const size = ;', 3],
    ["throw new Error('no');", 3],
    ['await Promise.resolve();', 3],
  ])('reports the file and line of a file that cannot be loaded: %s', async (statement, line) => {
    const text = `interface Erased {\n}\n${statement}\nexport default {};\n`;
    const folder = clone({ 'environments/one.ts': text, 'dashboards/two.ts': text });
    const { status, stderr } = await run(synth, folder);
    expect(status).toBe(1);
    expect(stderr).toContain(`environments/one.ts:${line}\n  error (config/not-loadable)\n`);
    expect(stderr).toContain(`dashboards/two.ts:${line}\n  error (content/not-loadable)\n`);
  });

  test('reports the place of an error in the sources', async () => {
    const folder = clone({ 'src/index.ts': "export * from './stack.js';\nconst broken = ;\n" });
    const { status, stderr } = await run(synth, folder);
    expect({ status, stderr }).toEqual({
      status: 1,
      stderr: expect.stringMatching(/^Build failed .*\nsrc\/index\.ts:2:15: ERROR: .*\n$/),
    });
  });

  test('works if it cannot write the compiled library', async () => {
    const folder = clone({ 'environments/one.ts': environment });
    rmSync(join(folder, '.compiled'), { recursive: true });
    writeFileSync(join(folder, '.compiled'), 'not a folder');
    expect(await run(synth, folder)).toEqual(written);
  });

  test('names the command that installs missing packages', async () => {
    const folder = clone();
    rmSync(join(folder, 'node_modules'));
    const stderr = 'Packages are missing. Run npm ci.\n';
    expect(await run(synth, folder)).toEqual({ status: 1, stderr });
    symlinkSync(join(repository, 'node_modules'), join(folder, 'node_modules'));
    fill(folder, { 'src/index.ts': "export * from 'no-such-package';\n" });
    expect(await run(synth, folder)).toEqual({ status: 1, stderr });
  });

  test('says what to do if the compiled library is damaged', async () => {
    const folder = clone({ 'environments/one.ts': environment });
    const stderr =
      'The compiled library is damaged. Remove the folder .compiled, and run this again.\n';
    // That of an earlier state of the sources can be there too.
    const libraries = readdirSync(join(folder, '.compiled')).map((state) =>
      join(folder, '.compiled', state, 'src/library.cjs'),
    );
    const damages = [
      (library: string) => writeFileSync(library, 'const a = {'),
      (library: string) => rmSync(library),
    ];
    for (const damage of damages) {
      for (const library of libraries) {
        damage(library);
        rmSync(`${library}.cache`, { force: true });
      }
      expect(await run(synth, folder)).toEqual({ status: 1, stderr });
    }
  });
});
