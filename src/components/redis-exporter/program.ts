import { z } from 'zod';
import type { Program } from '../../model/program.js';
import { listenAddress, mountedFlag, optionalFlag } from '../../schema/flag.js';
import { goDuration, text } from '../../schema/format.js';

/** The flags of redis-exporter that the container uses. */
export const program: Program = {
  flags: {
    'redis.addr': {
      takes: z.string({ error: 'a URL such as redis://…' }).regex(/^rediss?:\/\/[^\s/@]+:\d+$/),
    },
    'redis.user': optionalFlag(text),
    'redis.password-file': { ...mountedFlag(), needed: false },
    'tls-ca-cert-file': { ...mountedFlag(), needed: false },
    'tls-client-cert-file': { ...mountedFlag(), needed: false },
    'tls-client-key-file': { ...mountedFlag(), needed: false },
    'web.listen-address': { takes: listenAddress },
    'connection-timeout': { takes: goDuration },
    'exclude-latency-histogram-metrics': {},
    'disable-scrape-endpoint': {},
  },
  memoryLimit: 'variable',
  together: [['tls-client-cert-file', 'tls-client-key-file']],
};
