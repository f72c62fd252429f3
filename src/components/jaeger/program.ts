import type { Program } from '../../model/program.js';
import { fileFlag } from '../../schema/flag.js';
import { configFile, samplingFile, uiFile } from './file.js';

/** The folder of the traces. */
export const dataFolder = '/badger';

/** The flags of jaeger that the container uses. */
export const program: Program = {
  flags: { config: fileFlag(configFile) },
  memoryLimit: 'variable',
  uses: { [dataFolder]: { writes: true } },
  files: [configFile, samplingFile, uiFile],
};
