import { Module } from 'node:module';
import { join, resolve, sep } from 'node:path';
import type { Runtime } from '../command.js';

/** Functions that return the compiled modules, by their paths in `src` without extension. */
type CompiledModules = Readonly<Record<string, () => Promise<unknown>>>;

/**
 * The files to load again: those that changed, and all that import them. If one is no module, any
 * module may have read it.
 */
const filesWith = (modules: readonly NodeModule[], changed: readonly string[]): string[] => {
  const all = modules.map(({ filename }) => filename);
  const found = new Set(changed);
  if (!changed.every((file) => all.includes(file))) return all;
  for (let before = 0; before < found.size; ) {
    before = found.size;
    for (const { filename, children } of modules) {
      if (children.some((child) => found.has(child.filename))) found.add(filename);
    }
  }
  return [...found];
};

/**
 * Loads users' files of a clone with tsx, as CommonJS. They import the library from `src`, and get the
 * compiled one.
 */
export const cloneRuntime = (
  root: string,
  require: NodeJS.Require,
  modules: CompiledModules,
): Omit<Runtime, 'version' | 'importPackage'> => {
  const library = new Set<string>();
  const prepare = async () => {
    for (const [name, load] of Object.entries(modules)) {
      const file = join(root, 'src', `${name}.ts`);
      const loaded = { exports: await load(), loaded: true };
      require.cache[file] = Object.assign(new Module(file), loaded);
      library.add(file);
    }
    // Only now: Node.js then reads the source maps of all modules that are loaded later.
    require('tsx/cjs');
  };
  return {
    shipped: root,
    load: async (path) => {
      if (library.size === 0) await prepare();
      return require(resolve(path));
    },
    forget: (changed) => {
      const own = Object.values(require.cache).filter(
        (one): one is NodeModule =>
          one !== undefined &&
          typeof one.filename === 'string' &&
          !library.has(one.filename) &&
          !one.filename.includes(`${sep}node_modules${sep}`),
      );
      for (const file of filesWith(own, changed)) delete require.cache[file];
    },
  };
};
