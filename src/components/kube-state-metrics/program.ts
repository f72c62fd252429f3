import { z } from 'zod';
import { apiAccessFolder } from '../../model/identity.js';
import type { Program } from '../../model/program.js';
import { fileFlag, optionalFlag, port, words } from '../../schema/flag.js';
import { customResources } from './file.js';

const keysByResource = z
  .string({ error: "keys by resource such as 'pods=[team,app]'" })
  .regex(/^[a-z]+=\[[^\]]+\](,[a-z]+=\[[^\]]+\])*$/);

/** The flags of kube-state-metrics that the container uses. */
export const program: Program = {
  flags: {
    port: { takes: port },
    'telemetry-port': { takes: port },
    resources: { takes: words },
    'metric-allowlist': optionalFlag(words),
    'metric-labels-allowlist': optionalFlag(keysByResource),
    'metric-annotations-allowlist': optionalFlag(keysByResource),
    'auto-gomemlimit': {},
  },
  memoryLimit: 'itself',
  uses: { [apiAccessFolder]: {} },
};

/** With metrics about custom resources. */
export const programWithFile: Program = {
  ...program,
  flags: { ...program.flags, 'custom-resource-state-config-file': fileFlag(customResources) },
  files: [customResources],
};
