import type { Environment } from '../../environment/environment.js';
import { scaleOf } from '../../environment/setting.js';
import { sizingOf } from '../../environment/sizing.js';
import { formatBytes } from '../../model/quantity.js';
import { table } from './markdown.js';

/** What Prometheus is expected to store. */
export interface Load {
  readonly series: number;
  /** Series that are exposed but not stored. */
  readonly dropped: number;
  readonly samplesPerSecond: number;
  /** Memory in bytes. */
  readonly memory: number;
  /** Disk in bytes, for the whole retention. */
  readonly disk: number;
}

/** Heading of the estimate. */
export const loadTitle = '## Expected load of Prometheus';

/** The estimate against which the memory and the volume were checked. */
export const load = (environment: Environment, expected?: Load): string[] => {
  if (!expected) return [];
  const { nodes, cores, pods } = scaleOf(environment);
  const { series, dropped, samplesPerSecond, memory, disk } = expected;
  return [
    loadTitle,
    `An estimate for ${nodes} nodes with ${cores} cores each and ${pods} pods; each replica of Prometheus stores all series. \`cluster.nodes\`, \`cluster.cores\`, \`cluster.pods\` and \`prometheus.keep\` change it.`,
    table(
      ['what', 'expected'],
      [
        ['series', `${series}`],
        ['series that are exposed but not stored, because nothing uses them', `${dropped}`],
        ['samples per second', `${Math.round(samplesPerSecond)}`],
        ['memory', formatBytes(memory)],
        [`disk for ${sizingOf(environment).prometheus.retention}`, formatBytes(disk)],
      ],
    ),
  ];
};
