// @ts-check
import { existsSync, readdirSync } from 'node:fs';
import { createRequire } from 'node:module';
import { join } from 'node:path';
import { fileURLToPath, pathToFileURL } from 'node:url';
import { compileFunction } from 'node:vm';

/**
 * What runs a file that was bundled: its export `main`, given how to load the modules that were
 * bundled with it.
 * @typedef {(load?: (path: string) => Promise<{ default?: unknown }>) => Promise<void>} Main
 */

const require = createRequire(import.meta.url);

/** @type {typeof import('esbuild')} */
const { build } = require('esbuild');

// esbuild is there for a moment: collecting garbage is a third of its time.
process.env.GOGC ??= 'off';

const root = fileURLToPath(new URL('..', import.meta.url));

/** Folders of modules that every synthesis loads. */
export const shippedFolders = ['src/checks', 'alerts', 'dashboards'].map((name) => root + name);

/**
 * Runs a TypeScript file and the modules of some folders as one script, which is made in memory
 * each time: to load its hundreds of files one by one takes as long as all else that they do. Where
 * it cannot be done, or something fails in it, the file is run as it is, and tells what is wrong and where.
 *
 * Plain JavaScript, as it has to run before anything can be compiled.
 *
 * @param {string} entry
 * @param {readonly string[]} folders
 * @param {readonly import('esbuild').Plugin[]} plugins
 */
export const run = async (entry, folders, plugins = []) => {
  try {
    const { main, load } = await bundle(entry, folders, plugins);
    await main(load);
  } catch {
    // @ts-expect-error It has no types.
    await import('tsx');
    /** @type {{ main: Main }} */
    const { main } = await import(pathToFileURL(entry).href);
    await main();
  }
};

/**
 * @param {string} entry
 * @param {readonly string[]} folders
 * @param {readonly import('esbuild').Plugin[]} plugins
 */
const bundle = async (entry, folders, plugins) => {
  const files = folders.flatMap(modulesOf);
  const building = build({
    stdin: { contents: script(entry, files), resolveDir: process.cwd() },
    bundle: true,
    write: false,
    platform: 'node',
    target: `node${process.versions.node}`,
    packages: 'external',
    logLevel: 'silent',
    plugins: [sourceFolder, ...plugins],
  });
  const [{ outputFiles, warnings }] = await Promise.all([building, loadPackages()]);
  performance.mark('bundled');
  if (warnings.some(({ id }) => id === 'empty-import-meta'))
    throw new Error('It asks where it is.');
  /** @type {{ exports: { main: Main, modules: Readonly<Record<string, () => { default?: unknown }>> } }} */
  const module = /** @type {never} */ ({ exports: {} });
  const text = outputFiles[0]?.text ?? '';
  compileFunction(text, ['module', 'require'])(module, require);
  const { main, modules } = module.exports;
  for (const load of Object.values(modules)) load();
  /** @param {string} path */
  const load = async (path) => modules[path]?.() ?? import(pathToFileURL(path).href);
  return { main, load };
};

/** Loads what takes longest while another process bundles. */
const loadPackages = async () => {
  for (const name of ['cdk8s-plus-28', 'zod', '@prometheus-io/lezer-promql']) require(name);
};

/**
 * @param {string} entry
 * @param {readonly string[]} files
 */
const script = (entry, files) => {
  const lines = files.map(
    (file) => `${JSON.stringify(file)}: () => require(${JSON.stringify(file)}),`,
  );
  return `export { main } from ${JSON.stringify(entry)};\nexport const modules = {\n${lines.join('\n')}\n};`;
};

/** @param {string} folder */
const modulesOf = (folder) =>
  (existsSync(folder) ? readdirSync(folder) : [])
    .filter((file) => /\.[jt]s$/.test(file) && !/\.(d|test)\.[jt]s$/.test(file))
    .map((file) => join(folder, file));

/** @type {import('esbuild').Plugin} */
const sourceFolder = {
  name: 'source-folder',
  setup: ({ onLoad }) => {
    onLoad({ filter: /[\\/]src[\\/]model[\\/]source-folder\.ts$/ }, () => ({
      contents: `export const sourceFolder = new URL(${JSON.stringify(new URL('../src/', import.meta.url))});`,
    }));
  },
};
