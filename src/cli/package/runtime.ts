import { register as registerHooks } from 'node:module';
import { sep } from 'node:path';
import { fileURLToPath, pathToFileURL } from 'node:url';
import { sourceFolder } from '../../model/source-folder.js';
import type { Runtime } from '../command.js';
import { main } from '../main.js';

/** Only when a file is loaded, so that `--help` is fast. */
const prepare = async (): Promise<void> => {
  const { register } = await import('tsx/esm/api');
  register();
  registerHooks('./reload-hook.js', import.meta.url);
};

/** Loads users' files with tsx, as ECMAScript modules beside those of the package. */
const packageRuntime = (): Omit<Runtime, 'version'> => {
  let generation = 0;
  let prepared: Promise<void> | undefined;
  return {
    shipped: fileURLToPath(new URL('..', sourceFolder)),
    load: async (path) => {
      prepared ??= prepare();
      await prepared;
      const isPackage = path.includes(`${sep}node_modules${sep}`);
      const query = generation > 0 && !isPackage ? `?generation=${generation}` : '';
      return import(`${pathToFileURL(path).href}${query}`);
    },
    forget: () => {
      generation += 1;
    },
    importPackage: (name) => import(name),
  };
};

/** The command line of the package, and what it needs. */
export const start = () => ({ main, runtime: packageRuntime() });
