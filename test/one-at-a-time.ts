import { importModule, type LoadModule } from '../src/config/modules.js';

/** Imports one file at a time: if two imports load a file at the same time, vitest creates two modules. */
export const oneAtATime = (): LoadModule => {
  let last: Promise<unknown> = Promise.resolve();
  return (path) => {
    const next = last.then(() => importModule(path));
    last = next.catch(() => undefined);
    return next;
  };
};
