import { parseArgs } from 'node:util';
import type { LoadModule } from './config/import-module.js';
import { synthesize } from './synthesize.js';

const usage = 'Usage: npm run synth [-- --json]';

const jsonWanted = (): boolean | undefined => {
  try {
    return parseArgs({ options: { json: { type: 'boolean' } } }).values.json ?? false;
  } catch (error) {
    process.stderr.write(`${error instanceof Error ? error.message : error}\n${usage}\n`);
    return undefined;
  }
};

/** What `npm run synth` does; it is told how to load modules where they are loaded already. */
export const main = async (load?: LoadModule): Promise<void> => {
  const json = jsonWanted();
  const ok =
    json !== undefined &&
    (
      await synthesize({
        environments: 'environments',
        out: 'dist',
        report: json ? 'json' : 'text',
        load,
        // Of the process: to load the modules is a part of it.
        startedAt: 0,
      })
    ).ok;
  process.exitCode = ok ? 0 : 1;
};
