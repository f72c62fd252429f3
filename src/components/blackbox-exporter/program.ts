import type { Program } from '../../model/program.js';
import { fileFlag, listenAddress } from '../../schema/flag.js';
import { configFile } from './file.js';

/** The flags of blackbox-exporter that the container uses. */
export const program: Program = {
  flags: {
    'config.file': fileFlag(configFile),
    'config.enable-auto-reload': {},
    'web.listen-address': { takes: listenAddress },
  },
  memoryLimit: 'variable',
  files: [configFile],
};
