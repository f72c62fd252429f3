import type { Program } from '../../model/program.js';
import { fileFlag } from '../../schema/flag.js';
import { configFile } from './file.js';

/** Where the volume is mounted. */
export const dataFolder = '/var/lib/otelcol';

/** The folder of the queue: the root of a volume can have other folders, such as lost+found. */
export const queueFolder = `${dataFolder}/queue`;

/** The flags of the collector that the container uses. */
export const program: Program = {
  flags: { config: fileFlag(configFile) },
  memoryLimit: 'variable',
  uses: { [dataFolder]: { writes: true } },
  files: [configFile],
};
