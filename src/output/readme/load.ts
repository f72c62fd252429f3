import type { Environment } from '../../config/environment.js';
import { scaleOf, sizingOf } from '../../config/setting.js';
import { formatBytes } from '../../model/quantity.js';
import { table } from './markdown.js';

/** What Prometheus is expected to bear. */
export interface Load {
  readonly series: number;
  /** Series that are told and not stored. */
  readonly dropped: number;
  readonly samplesPerSecond: number;
  /** Bytes. */
  readonly memory: number;
  /** Bytes for the whole retention. */
  readonly disk: number;
}

/** The estimate against which its memory and its volume were held. */
export const load = (environment: Environment, expected?: Load): string[] => {
  if (!expected) return [];
  const { nodes, pods } = scaleOf(environment);
  const { series, dropped, samplesPerSecond, memory, disk } = expected;
  return [
    '## What Prometheus is expected to bear',
    `An estimate for ${nodes} nodes and ${pods} pods, each replica of Prometheus for itself. \`cluster.nodes\` and \`cluster.pods\` change it, and so does \`prometheus.keep\`.`,
    table(
      ['what', 'expected'],
      [
        ['series', `${series}`],
        ['series that nothing asks for and nothing stores', `${dropped}`],
        ['samples a second', `${Math.round(samplesPerSecond)}`],
        ['memory', formatBytes(memory)],
        [`disk for ${sizingOf(environment).prometheus.retention}`, formatBytes(disk)],
      ],
    ),
  ];
};
