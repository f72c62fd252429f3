import { type CheckInput, defineCheck } from '../../model/check.js';
import type { FaultKinds, FoundFault } from '../../model/fault.js';
import { titleOf } from '../../model/manifest.js';
import { formatBytes, quantityValue } from '../../model/quantity.js';
import { type Expected, expectedOf } from '../support/load/expected.js';
import { bytesPerSample, bytesPerSeries } from '../support/load/need.js';
import { selects } from '../support/selector.js';
import { named, recordOf } from '../support/untyped.js';

const faults = {
  'not-enough-memory': {
    what: 'Prometheus requests less memory than its series are expected to need.',
    why: 'The kernel kills Prometheus when it reaches its limit.',
    example: "cluster: { nodes: 50, pods: 2000, … },\nprometheus: { memory: '512Mi' }",
    fix: 'Raise prometheus.memory, use a larger size, or store less with prometheus.keep.',
  },
  'not-enough-disk': {
    what: 'The volume of Prometheus is smaller than the samples of its retention are expected to be.',
    why: 'Prometheus deletes the oldest samples before the retention ends.',
    example: "prometheus: { volume: '10Gi', retention: '60d' }",
    fix: 'Raise prometheus.volume, or lower prometheus.retention.',
  },
  'retention-above-volume': {
    what: 'The retention by size of Prometheus is not below the size of its volume.',
    why: 'The volume is full before Prometheus deletes samples. It then stores none.',
    example: 'storage:\n  tsdb:\n    retention: { time: 15d, size: 999999MB }',
    fix: 'Set it to about 80 % of the volume. The rest is for the write-ahead log and compactions.',
  },
} satisfies FaultKinds;

type Result = FoundFault<keyof typeof faults>;

const check = defineCheck({
  faults,
  summary:
    'Prometheus has enough memory for the expected series of its jobs, and enough disk for their samples until the retention ends. The estimate is derived from the nodes and their cores, the pods, the captured metrics pages and what is kept.',
  run: (input) => {
    const expected = expectedOf(input);
    return expected
      ? [
          ...memoryFaults(expected, input),
          ...diskFaults(expected, input),
          ...limitFaults(expected, input),
        ]
      : [];
  },
});

export default check;

const memoryFaults = (
  { need: { series, memory }, file: { template, container } }: Expected,
  { scale }: CheckInput,
): Result[] => {
  const request = amount(recordOf(recordOf(container.container.resources).requests).memory);
  if (request === undefined || memory <= request) return [];
  return [
    {
      place: {
        object: titleOf(template.manifest.object),
        construct: template.manifest.construct,
        path: `${container.path}.resources.requests.memory`,
      },
      fault: 'not-enough-memory',
      message: `Prometheus needs about ${formatBytes(memory)} for ${series} series of ${scale.nodes} nodes with ${scale.cores} cores each and ${scale.pods} pods, ${formatBytes(bytesPerSeries)} per series.`,
      value: formatBytes(request),
    },
  ];
};

const diskFaults = (
  {
    need: { samplesPerSecond, disk },
    retention: { seconds: time, size },
    file: { template, manifest, key },
  }: Expected,
  { manifests }: CheckInput,
): Result[] => {
  if (size === undefined || disk <= size) return [];
  const volume = volumesOf(template, manifests)[0];
  return [
    {
      place: {
        object: titleOf(manifest.object),
        construct: manifest.construct,
        path: `${key}: storage.tsdb.retention`,
      },
      fault: 'not-enough-disk',
      message: `Samples of ${Math.round(time / 86_400)} days need about ${formatBytes(disk)}: ${Math.round(samplesPerSecond)} samples per second of ${bytesPerSample} bytes.`,
      value: `${formatBytes(size)} of ${volume}`,
    },
  ];
};

/** The sizes of the volumes of all replicas. */
const volumesOf = (
  { manifest, namespace }: Expected['file']['template'],
  manifests: CheckInput['manifests'],
): string[] =>
  named(manifests)
    .filter(
      ({ object: { kind, metadata } }) =>
        kind === 'PersistentVolumeClaim' &&
        metadata.namespace === namespace &&
        selects(recordOf(manifest.object.spec).selector, recordOf(metadata.labels)),
    )
    .map(({ object }) => `${object.spec?.resources?.requests?.storage}`);

// Retention by size counts the write-ahead log, but not a running compaction and the file system.
const mostOfVolume = 0.95;

/** A limit that the volume reaches first. Retention by time only has none. */
const limitFaults = (
  { retention: { size, percentage }, file: { template, manifest, key } }: Expected,
  { manifests }: CheckInput,
): Result[] => {
  const place = {
    object: titleOf(manifest.object),
    construct: manifest.construct,
    path: `${key}: storage.tsdb.retention`,
  };
  if (percentage !== undefined && percentage > mostOfVolume * 100) {
    return [
      {
        place: { ...place, path: `${place.path}.percentage` },
        fault: 'retention-above-volume',
        value: percentage,
      },
    ];
  }
  const smallest = volumesOf(template, manifests)
    .map((volume) => ({ volume, bytes: amount(volume) ?? Number.POSITIVE_INFINITY }))
    .sort((a, b) => a.bytes - b.bytes)[0];
  if (
    percentage !== undefined ||
    size === undefined ||
    !smallest ||
    size <= smallest.bytes * mostOfVolume
  )
    return [];
  return [
    {
      place: { ...place, path: `${place.path}.size` },
      fault: 'retention-above-volume',
      message: `Prometheus deletes samples above ${formatBytes(size)}, and its volume has ${smallest.volume}.`,
      value: formatBytes(size),
    },
  ];
};

const amount = (quantity: unknown): number | undefined => {
  try {
    return quantityValue(`${quantity}`);
  } catch {
    return undefined;
  }
};
