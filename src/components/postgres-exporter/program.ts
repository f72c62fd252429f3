import type { Program } from '../../model/program.js';
import { listenAddress } from '../../schema/flag.js';
import { goDuration } from '../../schema/format.js';

/**
 * Collectors that are enabled besides the default ones, and default ones that are disabled because no
 * rule and no dashboard uses their metrics.
 * https://github.com/prometheus-community/postgres_exporter/tree/v0.20.1/collector
 */
export const collectors = {
  enabled: ['database_wraparound', 'postmaster'],
  disabled: ['roles', 'stat_bgwriter', 'stat_progress_vacuum'],
} as const;

/** The flags of postgres-exporter that the container uses. */
export const program: Program = {
  flags: {
    'web.listen-address': { takes: listenAddress },
    'collection-timeout': { takes: goDuration },
    ...Object.fromEntries(collectors.enabled.map((name) => [`collector.${name}`, {}])),
    ...Object.fromEntries(collectors.disabled.map((name) => [`no-collector.${name}`, {}])),
  },
  memoryLimit: 'variable',
};
