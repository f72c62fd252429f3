import type { Program } from '../../model/program.js';
import { optionalFlag, port, words } from '../../schema/flag.js';

/** The flags of kube-state-metrics that the container uses. */
export const program: Program = {
  flags: {
    port: { takes: port },
    'telemetry-port': { takes: port },
    resources: { takes: words },
    'metric-allowlist': optionalFlag(words),
    'auto-gomemlimit': {},
  },
  memoryLimit: 'itself',
};
