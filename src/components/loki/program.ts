import type { Program } from '../../model/program.js';
import { fileFlag } from '../../schema/flag.js';
import { configFile, ruleFile } from './file.js';

/** Where the volume is mounted. */
export const dataFolder = '/loki';

/** Where it writes temporary files: without them, the retention deletes nothing. */
export const temporaryFolder = '/tmp';

/** The flags of Loki that the container uses. */
export const program: Program = {
  flags: { 'config.file': fileFlag(configFile) },
  memoryLimit: 'variable',
  uses: { [dataFolder]: { writes: true }, [temporaryFolder]: { writes: true } },
  files: [configFile, ruleFile],
};
