import { compileFunction } from 'node:vm';
import * as library from '../../src/index.js';
import type { Tree } from './merge.js';

/** The value of an example in TypeScript: an expression with the exports of the library. */
export const evaluate = (example: string, scope: Readonly<Record<string, unknown>> = {}): Tree => {
  const names = { ...library, ...scope };
  const text = example.replaceAll(/,?\s*…/g, '');
  const code = /^\w+:/.test(text) ? `{${text}\n}` : text;
  return compileFunction(`return (${code}\n);`, Object.keys(names))(...Object.values(names));
};
