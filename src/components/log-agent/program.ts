import { z } from 'zod';
import type { Program } from '../../model/program.js';
import { fileFlag } from '../../schema/flag.js';
import { configFile } from './file.js';

/** The folder of the kubelet with a folder for each pod, which has a folder for each container. */
export const podLogs = '/var/log/pods';

/** Where the folder of the node for the state of the agent is mounted. */
export const stateFolder = '/var/lib/otelcol';

/** The positions up to which files are read. */
export const checkpointFolder = `${stateFolder}/checkpoints`;

/** The folder of the queue. */
export const queueFolder = `${stateFolder}/queue`;

/**
 * Without this gate, lines wait in memory although their position in the file is stored already: a killed agent
 * would lose them.
 * https://github.com/open-telemetry/opentelemetry-collector-contrib/issues/35456
 */
export const featureGates = 'stanza.synchronousLogEmitter';

/** The flags of the collector that the container uses. */
export const program: Program = {
  flags: {
    config: fileFlag(configFile),
    'feature-gates': { takes: z.literal(featureGates) },
  },
  memoryLimit: 'variable',
  uses: { [podLogs]: { host: podLogs }, [stateFolder]: { writes: true } },
  files: [configFile],
};
