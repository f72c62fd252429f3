// @ts-check
import { createRequire } from 'node:module';
import { fileURLToPath, pathToFileURL } from 'node:url';
import { requireCached } from './code-cache.js';
import { compiledLibrary } from './compile.js';

/**
 * @typedef {typeof import('../src/cli/main.js')} CommandLine
 *
 * @typedef {Omit<Parameters<CommandLine['main']>[1], 'version'>} Runtime
 */

const root = fileURLToPath(new URL('..', import.meta.url));

/** @param {string} message */
const fail = (message) => {
  process.stderr.write(`${message}\n`);
  return process.exit(1);
};

/** @param {string} name */
const importPackage = (name) => import(name);

/** @returns {Promise<{ main: CommandLine['main'], runtime: Runtime }>} */
const importCompiled = async () => {
  const require = createRequire(import.meta.url);
  // The library needs these later; an error now has a clear cause.
  for (const name of ['cdk8s', 'cdk8s-plus-28', 'constructs', 'tsx/cjs']) require.resolve(name);
  const { cli, ...modules } = requireCached(await compiledLibrary());
  const { main, cloneRuntime } = await cli();
  return { main, runtime: { ...cloneRuntime(root, require, modules), importPackage } };
};

/**
 * Loads the command line with tsx, which takes longer.
 *
 * @returns {Promise<{ main: CommandLine['main'], runtime: Runtime }>}
 */
const importSources = async () => {
  // @ts-expect-error It has no types.
  await import('tsx');
  const { main } = await import('../src/cli/main.js');
  /** @type {Runtime} */
  const runtime = {
    shipped: root,
    load: (path) => import(pathToFileURL(path).href),
    forget: () => {},
    importPackage,
  };
  return { main, runtime };
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

/** The command line of this repository, and what it needs. */
export const start = () => importCompiled().catch(insteadOfCompiled);
