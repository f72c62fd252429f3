import { pathToFileURL } from 'node:url';

/** Gives what the file of a path exports; rejects where it cannot be loaded. */
export type LoadModule = (path: string) => Promise<{ readonly default?: unknown }>;

export const importModule: LoadModule = (path) => import(pathToFileURL(path).href);
