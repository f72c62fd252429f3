import { compiledLibrary } from '../scripts/compile.js';

/** Compiles the library once for all tests that start a synth. */
export const setup = async (): Promise<void> => {
  await compiledLibrary();
};
