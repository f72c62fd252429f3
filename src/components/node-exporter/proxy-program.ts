import { z } from 'zod';
import { apiAccessFolder } from '../../model/identity.js';
import type { Program } from '../../model/program.js';
import { listenAddress, port, words } from '../../schema/flag.js';
import { url } from '../../schema/format.js';

/** The flags of kube-rbac-proxy that the container uses. */
export const proxyProgram: Program = {
  flags: {
    'secure-listen-address': { takes: listenAddress },
    'proxy-endpoints-port': { takes: port },
    upstream: { takes: url },
    'auth-token-audiences': { takes: words },
    'allow-paths': { takes: words },
    'tls-min-version': { takes: z.enum(['VersionTLS12', 'VersionTLS13']) },
  },
  memoryLimit: 'variable',
  uses: { [apiAccessFolder]: {} },
};
