import { Module } from 'node:module';
import { join, sep } from 'node:path';
import type { Runtime } from '../command.js';

/** Functions that return the compiled modules, by their paths in `src` without extension. */
type CompiledModules = Readonly<Record<string, () => Promise<unknown>>>;

/**
 * Loads users' files of a clone with tsx, as CommonJS. They import the library from `src`, and get the
 * compiled one.
 */
export const cloneRuntime = (
  root: string,
  require: NodeJS.Require,
  modules: CompiledModules,
): Omit<Runtime, 'version'> => {
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
      return require(path);
    },
    forget: () => {
      for (const file of Object.keys(require.cache)) {
        if (!library.has(file) && !file.includes(`${sep}node_modules${sep}`)) {
          delete require.cache[file];
        }
      }
    },
  };
};
