import { z } from 'zod';
import type { Program } from '../../model/program.js';
import { listenAddress, optionalFlag } from '../../schema/flag.js';
import { goDuration, path, text } from '../../schema/format.js';

/** The flags of redis-exporter that the container uses. */
export const program: Program = {
  flags: {
    'redis.addr': {
      takes: z.string({ error: 'a URL such as redis://…' }).regex(/^rediss?:\/\/[^\s/@]+:\d+$/),
    },
    'redis.user': optionalFlag(text),
    'redis.password-file': optionalFlag(path),
    'tls-ca-cert-file': optionalFlag(path),
    'tls-client-cert-file': optionalFlag(path),
    'tls-client-key-file': optionalFlag(path),
    'web.listen-address': { takes: listenAddress },
    'connection-timeout': { takes: goDuration },
    'exclude-latency-histogram-metrics': {},
    'disable-scrape-endpoint': {},
  },
  memoryLimit: 'variable',
  together: [['tls-client-cert-file', 'tls-client-key-file']],
};
