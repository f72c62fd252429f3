import { z } from 'zod';
import type { Program } from '../../model/program.js';
import { count, fileFlag, listenAddress, mountedFlag, publishedFlags } from '../../schema/flag.js';
import { duration } from '../../schema/format.js';
import { configFile, ruleFile } from './file.js';
import type { PrometheusOptions } from './options.js';
import { otlpFlag } from './otlp.js';

/** The flags of prometheus that the container uses. */
export const programOf = ({
  receivesResults,
  otlp,
}: Pick<PrometheusOptions, 'receivesResults' | 'otlp'>): Program => ({
  flags: {
    'config.file': fileFlag(configFile),
    'config.auto-reload': {},
    'config.auto-reload-interval': { takes: duration },
    'storage.tsdb.path': mountedFlag({ writes: true }),
    'enable-feature': { takes: z.literal('exemplar-storage') },
    'web.listen-address': { takes: listenAddress },
    'web.enable-remote-write-receiver': receivesResults ? {} : { needed: false },
    [otlpFlag]: otlp ? {} : { needed: false },
    'query.max-samples': { takes: count },
    'query.max-concurrency': { takes: count },
    'query.timeout': { takes: duration },
    ...publishedFlags,
  },
  memoryLimit: 'itself',
  files: [configFile, ruleFile],
  together: [['web.external-url', 'web.route-prefix']],
});
