import { shareForSamples } from '../../components/prometheus/config.js';
import { plural } from '../../model/plural.js';
import { formatBytes, formatCores } from '../../model/quantity.js';
import { columns } from '../../output/columns.js';
import type { Estimate, Sized } from './estimate.js';
import { mostNodes, type PrometheusSize, type StackSize } from './need.js';

/** The estimate as text. */
export const sizeText = (estimate: Estimate): string => {
  const { environment, cluster, size, asIs, sizes, options } = estimate;
  const { nodes, cores, pods } = cluster;
  return [
    `${environment} (size: '${size}'), in a cluster of ${plural(nodes, 'node')} with ${cores} cores each and ${pods} pods:`,
    '',
    ...prometheusLines(asIs.prometheus),
    ...columns([
      ['requests and volumes of all pods', 'CPU', 'memory', 'volumes', 'Prometheus is enough for'],
      row('this environment', asIs),
      ...sizes.map((one) => rowOf(one)),
    ]),
    '',
    ...columns([
      ['what an option changes', 'CPU', 'memory', 'volumes'],
      ...options.map((one) => differenceOf(one, asIs)),
    ]),
    '',
    ...adviceOf(estimate),
    '',
  ].join('\n');
};

const prometheusLines = (prometheus: PrometheusSize | undefined): string[] => {
  if (!prometheus) return ['The environment has no Prometheus.', ''];
  const { need, memory, disk, retention, replicas } = prometheus;
  const days = Math.round((retention / 86_400) * 10) / 10;
  return [
    ...columns([
      [replicas > 1 ? `Prometheus, each of ${replicas} replicas` : 'Prometheus', 'needs', 'has'],
      ['series', `${need.series}`, ''],
      ['samples per second', `${Math.round(need.samplesPerSecond)}`, ''],
      ['memory', formatBytes(need.memory), formatBytes(memory)],
      [
        `disk for ${days} days`,
        formatBytes(need.disk),
        disk === undefined ? 'no limit' : formatBytes(disk),
      ],
    ]),
    '',
  ];
};

const volumes = ({ totals }: StackSize): number =>
  totals.claims.reduce((sum, { bytes }) => sum + bytes, 0);

const row = (text: string, size: StackSize): string[] => [
  text,
  formatCores(size.totals.cpu),
  formatBytes(size.totals.memory),
  formatBytes(volumes(size)),
  enough(size.prometheus),
];

const rowOf = ({ text, of }: Sized): string[] =>
  'rejected' in of ? [text, '', '', '', of.rejected] : row(text, of);

const enough = (prometheus: PrometheusSize | undefined): string => {
  if (!prometheus) return '';
  const { enoughFor, limit } = prometheus;
  return limit ? `${plural(enoughFor, 'node')} (${limit})` : `${mostNodes} nodes`;
};

const differenceOf = ({ text, of }: Sized, asIs: StackSize): string[] =>
  'rejected' in of
    ? [text, '', '', of.rejected]
    : [
        text,
        signed(of.totals.cpu - asIs.totals.cpu, formatCores),
        signed(of.totals.memory - asIs.totals.memory, formatBytes),
        signed(volumes(of) - volumes(asIs), formatBytes),
      ];

const signed = (value: number, format: (amount: number) => string): string => {
  if (Math.abs(value) < 1e-9) return '0';
  return `${value > 0 ? '+' : '-'}${format(Math.abs(value))}`;
};

/** What to change if Prometheus is too small for the cluster, or which limit comes first. */
const adviceOf = ({ cluster, asIs: { prometheus }, sizes }: Estimate): string[] => {
  if (!prometheus?.limit) return [];
  const { enoughFor, limit, need } = prometheus;
  const podsPerNode = Math.round((cluster.pods / cluster.nodes) * 10) / 10;
  if (enoughFor >= cluster.nodes) {
    return [
      `With ${podsPerNode} pods on each node, the ${limit} of Prometheus is enough for ${plural(enoughFor, 'node')}.`,
    ];
  }
  const larger = sizes.find(
    ({ of }) => 'prometheus' in of && (of.prometheus?.enoughFor ?? 0) >= cluster.nodes,
  );
  const values = [
    ...(need.memory > prometheus.memory
      ? [`prometheus.memory: '${formatBytes(wholeGi(need.memory))}'`]
      : []),
    ...(prometheus.disk !== undefined && need.disk > prometheus.disk
      ? [`prometheus.volume: '${formatBytes(wholeGi(need.disk / shareForSamples))}'`]
      : []),
  ].join(' and ');
  return [
    `Prometheus is enough for ${plural(enoughFor, 'node')} only: set ${larger ? `${larger.text}, or ` : ''}${values}.`,
    'A shorter prometheus.retention needs less disk, a longer prometheus.scrapeInterval too, and prometheus.keep stores fewer series.',
  ];
};

/** The next whole number of Gi. */
const wholeGi = (bytes: number): number => Math.ceil(bytes / 2 ** 30) * 2 ** 30;
