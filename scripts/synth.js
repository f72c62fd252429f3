// @ts-check
import { createRequire, Module } from 'node:module';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { parseArgs } from 'node:util';
import { requireCached } from './code-cache.js';
import { compiledLibrary, publicModules } from './compile.js';

/**
 * @typedef {typeof import('../src/index.js')} Library
 *
 * @typedef {import('../src/index.js').SynthesisOptions['load']} LoadModule
 */

const root = fileURLToPath(new URL('..', import.meta.url));

/** @param {string} message */
const fail = (message) => {
  process.stderr.write(`${message}\n`);
  return process.exit(1);
};

const usage = 'Usage: npm run synth [-- [--json] [--strict CHECK]...]';

const readArguments = () => {
  try {
    return parseArgs({
      options: { json: { type: 'boolean' }, strict: { type: 'string', multiple: true } },
    }).values;
  } catch (error) {
    return fail(`${/** @type {Error} */ (error).message}\n${usage}`);
  }
};

/**
 * Imports the compiled library. Users' files, which tsx loads, import it from `src` and get the
 * same one.
 *
 * @returns {Promise<{ library: Library, load: LoadModule }>}
 */
const importCompiled = async () => {
  const modules = requireCached(await compiledLibrary());
  const require = createRequire(import.meta.url);
  for (const name of publicModules) {
    const file = join(root, 'src', `${name}.ts`);
    const loaded = { exports: modules[name], loaded: true };
    require.cache[file] = Object.assign(new Module(file), loaded);
  }
  // Only now: Node.js then reads the source maps of all modules that are loaded later.
  require('tsx/cjs');
  return { library: require('../src/index.ts'), load: async (path) => require(path) };
};

/**
 * Loads the library with tsx, which takes longer.
 *
 * @returns {Promise<{ library: Library, load?: LoadModule }>}
 */
const importSources = async () => {
  // @ts-expect-error It has no types.
  await import('tsx');
  return { library: await import('../src/index.js') };
};

// The folder of the project is read-only or full, or `.compiled` is not a folder.
const cannotWrite = new Set(['EACCES', 'EDQUOT', 'EEXIST', 'ENOSPC', 'ENOTDIR', 'EPERM', 'EROFS']);

const missing = 'Packages are missing. Run npm ci.';

/**
 * Whether the sources cannot be compiled because of a package.
 *
 * @param {readonly { readonly text: string }[]} errors
 */
const isPackageMissing = (errors) =>
  errors.some(({ text }) => /^Could not resolve "[^./]/.test(text));

/** @param {NodeJS.ErrnoException & { errors?: readonly { readonly text: string }[] }} error */
const insteadOfCompiled = (error) => {
  if (error.code?.endsWith('MODULE_NOT_FOUND')) return fail(missing);
  if (cannotWrite.has(error.code ?? '')) return importSources();
  if (error.errors) return fail(isPackageMissing(error.errors) ? missing : error.message);
  if (error instanceof SyntaxError || error.code === 'ENOENT') {
    return fail(
      'The compiled library is damaged. Remove the folder .compiled, and run this again.',
    );
  }
  throw error;
};

const { json, strict } = readArguments();
const { library, load } = await importCompiled().catch(insteadOfCompiled);
const { ok } = await library.synthesize(
  {
    environments: 'environments',
    out: 'dist',
    report: json ? 'json' : 'text',
    strict,
    load,
    // Since the start of the process, including the loading of modules.
    startedAt: 0,
  },
  root,
);
process.exitCode = ok ? 0 : 1;
