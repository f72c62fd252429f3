import type { Program } from '../../model/program.js';
import { fileFlag } from '../../schema/flag.js';
import { configFile, samplingFile, uiFile } from './file.js';

/** The flags of jaeger that the container uses. */
export const program: Program = {
  flags: { config: fileFlag(configFile) },
  memoryLimit: 'variable',
  files: [configFile, samplingFile, uiFile],
};
