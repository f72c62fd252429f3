import { register as registerHooks } from 'node:module';
import { sep } from 'node:path';
import { pathToFileURL } from 'node:url';
import { register as registerTypeScript } from 'tsx/esm/api';
import { shippedFolder } from '../../check-project.js';
import type { Runtime } from '../command.js';
import { main } from '../main.js';

/** Loads users' files with tsx, as ECMAScript modules beside those of the package. */
const packageRuntime = (): Omit<Runtime, 'version'> => {
  let generation = 0;
  let ready = false;
  return {
    shipped: shippedFolder,
    load: (path) => {
      if (!ready) {
        registerTypeScript();
        registerHooks('./reload-hook.js', import.meta.url);
        ready = true;
      }
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
