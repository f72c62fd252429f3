// @ts-check
import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { builtinModules, createRequire } from 'node:module';
import { join } from 'node:path';
import { fileURLToPath, pathToFileURL } from 'node:url';
import { compileFunction } from 'node:vm';

/**
 * What runs a file that was bundled: its export `main`, given how to load the modules that were
 * bundled with it.
 * @typedef {(load?: (path: string) => Promise<{ default?: unknown }>) => Promise<void>} Main
 *
 * @typedef {import('esbuild').Plugin} Plugin
 */

const require = createRequire(import.meta.url);
const root = fileURLToPath(new URL('..', import.meta.url));

/** Folders of modules that every synthesis loads. */
export const shippedFolders = ['src/checks', 'alerts', 'dashboards'].map((name) => root + name);

/**
 * Runs a TypeScript file and the modules of some folders as one script, which is made in memory
 * each time: to load its hundreds of files one by one takes as long as all else that they do. Where
 * it cannot be done, or something fails in it, the file is run as it is, and tells what is wrong and
 * where.
 *
 * Plain JavaScript, as it has to run before anything can be compiled.
 *
 * @param {string} entry
 * @param {readonly string[]} folders
 * @param {readonly Plugin[]} plugins
 */
export const run = async (entry, folders, plugins = []) => {
  try {
    const { main, load } = await bundle(entry, folders, plugins);
    await main(load);
  } catch (error) {
    const [reason = ''] = String(error instanceof Error ? error.message : error).split('\n');
    if (reason.startsWith("Cannot find module 'esbuild'")) {
      process.stderr.write('The packages are not installed. Run npm ci.\n');
      process.exitCode = 1;
      return;
    }
    await runAsItIs(entry);
    if (process.exitCode) return;
    process.stderr.write(`The files were loaded one by one, which takes longer: ${reason}\n`);
  }
};

/** @param {string} entry */
const runAsItIs = async (entry) => {
  // @ts-expect-error It has no types.
  await import('tsx');
  /** @type {{ main: Main }} */
  const { main } = await import(pathToFileURL(entry).href);
  await main();
};

/**
 * @param {string} entry
 * @param {readonly string[]} folders
 * @param {readonly Plugin[]} plugins
 */
const bundle = async (entry, folders, plugins) => {
  const [script] = await Promise.all([
    scriptOf(entry, folders.flatMap(modulesOf), plugins),
    loadPackages(),
  ]);
  performance.mark('bundled');
  /** @type {{ exports: { main: Main, modules: Readonly<Record<string, () => { default?: unknown }>> } }} */
  const module = /** @type {never} */ ({ exports: {} });
  compileFunction(script, ['module', 'require'], { filename: 'crowsnest.js' })(module, require);
  const { main, modules } = module.exports;
  for (const load of Object.values(modules)) load();
  /** @param {string} path */
  const load = async (path) => modules[path]?.() ?? import(pathToFileURL(path).href);
  return { main, load };
};

/**
 * @param {string} entry
 * @param {readonly string[]} files
 * @param {readonly Plugin[]} plugins
 */
const scriptOf = async (entry, files, plugins) => {
  const { outputFiles, metafile } = await esbuild({
    stdin: { contents: contentsOf(entry, files), resolveDir: process.cwd() },
    bundle: true,
    write: false,
    metafile: true,
    platform: 'node',
    target: `node${process.versions.node}`,
    packages: 'external',
    logLevel: 'silent',
    plugins: [notBundled, ...plugins],
  });
  const script = outputFiles[0]?.text ?? '';
  const reason = otherThanAlone(script, metafile);
  if (reason) throw new Error(reason);
  return script;
};

/**
 * Why the files might do something else in one script than alone.
 *
 * @param {string} script
 * @param {import('esbuild').Metafile} metafile
 */
const otherThanAlone = (script, { inputs }) => {
  for (const [file, { imports }] of Object.entries(inputs)) {
    if (/(^|[\\/])node_modules[\\/]/.test(file)) return `${file} belongs to a package.`;
    // What is required may be another file of the package than what is imported.
    const strange = imports.find(({ path, external }) => external && !isKnown(path));
    if (strange) return `${file} imports ${strange.path}, which is no package of this project.`;
  }
  return (
    /\bimport(\.meta|\()/.exec(script) &&
    'A file asks where it is, or imports what it names when it runs.'
  );
};

/** @type {{ dependencies: object, peerDependencies: object }} */
const { dependencies, peerDependencies } = JSON.parse(readFileSync(`${root}package.json`, 'utf8'));
const packages = Object.keys({ ...dependencies, ...peerDependencies });

/** @param {string} path */
const isKnown = (path) =>
  path.startsWith('node:') ||
  builtinModules.includes(path) ||
  packages.some((name) => path === name || path.startsWith(`${name}/`));

/** @type {typeof import('esbuild').build} */
const esbuild = (options) => {
  const { build } = require('esbuild');
  // It is there for a moment: collecting garbage is a third of its time.
  const { GOGC } = process.env;
  process.env.GOGC = 'off';
  const building = build(options);
  if (GOGC === undefined) delete process.env.GOGC;
  else process.env.GOGC = GOGC;
  return building;
};

/** Loads what takes longest while another process bundles. */
const loadPackages = async () => {
  for (const name of ['cdk8s-plus-28', 'zod', '@prometheus-io/lezer-promql']) require(name);
};

/**
 * @param {string} entry
 * @param {readonly string[]} files
 */
const contentsOf = (entry, files) => {
  const lines = files.map(
    (file) => `${JSON.stringify(file)}: () => require(${JSON.stringify(file)}),`,
  );
  return `export { main } from ${JSON.stringify(entry)};\nexport const modules = {\n${lines.join('\n')}\n};`;
};

/** @param {string} folder */
const modulesOf = (folder) =>
  (existsSync(folder) ? readdirSync(folder) : [])
    .filter((file) => /\.[jt]s$/.test(file) && !/^\.|\.(d|test)\.[jt]s$/.test(file))
    .map((file) => join(folder, file));

/**
 * What the sources do otherwise where they are one script: they know where they are, and import
 * nothing more.
 *
 * @type {Plugin}
 */
const notBundled = {
  name: 'not-bundled',
  setup: ({ onLoad }) => {
    const folder = JSON.stringify(new URL('../src/', import.meta.url));
    onLoad({ filter: /[\\/]src[\\/]model[\\/]source-folder\.ts$/ }, () => ({
      contents: `export const sourceFolder = new URL(${folder});`,
    }));
    onLoad({ filter: /[\\/]src[\\/]config[\\/]import-module\.ts$/ }, () => ({
      contents: 'export const importModule = undefined;',
    }));
  },
};
