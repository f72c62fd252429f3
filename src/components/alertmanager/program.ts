import { z } from 'zod';
import type { ConfigFile } from '../../model/file.js';
import type { Program } from '../../model/program.js';
import {
  fileFlag,
  listenAddress,
  mountedFlag,
  optionalFlag,
  publishedFlags,
} from '../../schema/flag.js';
import { duration } from '../../schema/format.js';
import { configFile } from './file.js';

/** The flags of alertmanager that the container uses, and its files, of which the first is its configuration. */
export const programOf = (files: readonly ConfigFile[]): Program => ({
  flags: {
    'config.file': fileFlag(configFile),
    'storage.path': mountedFlag({ writes: true }),
    'data.maintenance-interval': { takes: duration },
    'web.listen-address': { takes: listenAddress },
    'enable-feature': { takes: z.literal('auto-gomemlimit') },
    'cluster.listen-address': { takes: z.union([z.literal(''), listenAddress]) },
    'cluster.advertise-address': optionalFlag(listenAddress),
    'cluster.label': optionalFlag(z.string().min(1).max(255)),
    'cluster.peer': optionalFlag(z.string({ error: 'a host and a port' }).regex(/^[\w.-]+:\d+$/)),
    ...publishedFlags,
  },
  memoryLimit: 'itself',
  files,
  peerFlag: 'cluster.peer',
  together: [
    ['web.external-url', 'web.route-prefix'],
    ['cluster.label', 'cluster.peer'],
  ],
});
