// @ts-check
import { createHash } from 'node:crypto';
import {
  cpSync,
  existsSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  renameSync,
  rmSync,
  statSync,
} from 'node:fs';
import { basename, join, relative } from 'node:path';
import { fileURLToPath } from 'node:url';

const root = fileURLToPath(new URL('..', import.meta.url));
const folder = join(root, '.compiled');
const packageFiles = ['package.json', 'package-lock.json'].map((name) => join(root, name));

/** Modules of `src` that environments, dashboards, alerts and checks may import. */
export const publicModules = [
  'index',
  'content/grafana',
  'content/alert-group',
  'content/alert-exclusion',
  'content/objective/window',
];

/** Modules that the command line of the package starts with. */
const packageEntries = ['cli/package/runtime', 'cli/package/reload-hook'];

/**
 * Returns the path of the compiled library. Compiles it if a file has changed since.
 *
 * Each version of the sources has its own folder, which is complete when it gets its name. So two
 * parallel runs can share it.
 */
export const compiledLibrary = async () => {
  const compiled = join(
    folder,
    stateOf([...packageFiles.filter((file) => existsSync(file)), ...filesIn('scripts', 'src')]),
  );
  if (!existsSync(compiled)) {
    mkdirSync(folder, { recursive: true });
    const unfinished = mkdtempSync(`${compiled}.`);
    await compileLibrary(join(unfinished, library));
    copyData(unfinished, ['src']);
    try {
      renameSync(unfinished, compiled);
    } catch (error) {
      if (!existsSync(compiled)) throw error;
      rmSync(unfinished, { recursive: true });
    }
    removeOld(compiled);
  }
  return join(compiled, library);
};

// In the folder that the data files are relative to.
const library = 'src/library.cjs';

/** Options of esbuild for the package and for the library of synth. */
const common = /** @type {const} */ ({
  absWorkingDir: root,
  bundle: true,
  platform: 'node',
  target: 'node20',
  logLevel: 'silent',
});

/**
 * Compiles the command line, the public modules and their packages to one script. Its exports are
 * functions by name that return the modules, so that `--help` need not run all of it.
 *
 * @param {string} outfile
 */
const compileLibrary = async (outfile) => {
  const { build } = await import('esbuild');
  const sources = {
    cli: 'cli/clone/main',
    ...Object.fromEntries(publicModules.map((name) => [name, name])),
  };
  const modules = Object.entries(sources).map(
    ([name, source], index) =>
      `const load${index} = () => import('./src/${source}.ts');\nexport { load${index} as '${name}' };`,
  );
  await build({
    ...common,
    stdin: { contents: modules.join('\n'), resolveDir: root },
    outfile,
    external: peers(),
    format: 'cjs',
    define: { 'import.meta.url': 'importMetaUrl' },
    banner: { js: "const importMetaUrl = require('node:url').pathToFileURL(__filename).href;" },
  });
};

/**
 * Compiles the package: the public modules and the content of the folders. Paths stay the same.
 *
 * @param {string} out
 * @param {readonly string[]} folders
 */
export const compilePackage = async (out, folders) => {
  const { build } = await import('esbuild');
  const content = filesIn(...folders)
    .map((file) => relative(root, file))
    .filter((file) => /^[^/]+\/[^/]+\.ts$/.test(file));
  await build({
    ...common,
    entryPoints: [
      ...[...packageEntries, ...publicModules].map((name) => `src/${name}.ts`),
      ...content,
    ],
    outdir: out,
    outbase: root,
    splitting: true,
    chunkNames: 'src/chunks/[hash]',
    format: 'esm',
    packages: 'external',
  });
  copyData(out, ['src', ...folders]);
};

/**
 * Copies the data files, the runbooks, and what a page in a browser needs.
 *
 * @param {string} out
 * @param {readonly string[]} folders
 */
const copyData = (out, folders) => {
  for (const name of folders) {
    cpSync(join(root, name), join(out, name), { recursive: true, filter: isData });
  }
};

/** Packages that users' files import too, and of which there must be one copy. */
const peers = () =>
  Object.keys(JSON.parse(readFileSync(join(root, 'package.json'), 'utf8')).peerDependencies);

/** @param {string} path */
const isData = (path) => statSync(path).isDirectory() || /\.(json|md|css|browser\.js)$/.test(path);

/** @param {readonly string[]} folders */
const filesIn = (...folders) =>
  folders.flatMap((name) =>
    readdirSync(join(root, name), { withFileTypes: true, recursive: true })
      .filter((entry) => entry.isFile())
      .map((entry) => join(entry.parentPath, entry.name)),
  );

/** @param {readonly string[]} files */
const stateOf = (files) => {
  const hash = createHash('sha256');
  for (const file of files.toSorted()) {
    const { mtimeMs, size } = statSync(file);
    // A copy of a file has the same time, except for parts of a millisecond.
    hash.update(`${relative(root, file)} ${Math.round(mtimeMs)} ${size}\n`);
  }
  return hash.digest('hex').slice(0, 16);
};

/**
 * Removes the compiled code of earlier versions. Code that is younger than a minute may be in use.
 *
 * @param {string} current
 */
const removeOld = (current) => {
  for (const name of readdirSync(folder)) {
    const path = join(folder, name);
    const old = Date.now() - statSync(path).mtimeMs > 60_000;
    if (old && name !== basename(current)) rmSync(path, { recursive: true, force: true });
  }
};
