import type { Check, CheckInput } from '../model/check.js';
import type { Finding } from '../model/finding.js';
import { type Manifest, titleOf } from '../model/manifest.js';
import { formatBytes, quantityValue } from '../model/quantity.js';
import { expectedOf, type Retention } from './cardinality/expected.js';
import { bytesPerSample, bytesPerSeries, type Need } from './cardinality/need.js';
import { listOf, recordOf } from './reference/lenient.js';

type Result = Omit<Finding, 'check'>;

const check: Check = {
  summary:
    'Prometheus has the memory for the series that its jobs are expected to have, and the disk for as long as it is to keep their samples. What is expected follows from nodes, pods, the captured pages and what is kept.',
  run: (input) => {
    const { manifests } = input;
    const prometheus = manifests.find(({ object }) => isPrometheus(object, 'StatefulSet'));
    const expected = expectedOf(input);
    if (!prometheus || !expected) return [];
    const { need, retention } = expected;
    return [...memoryFaults(prometheus, need, input), ...diskFaults(need, retention, manifests)];
  },
};

export default check;

const isPrometheus = ({ kind, metadata }: Manifest['object'], wanted: string): boolean =>
  kind === wanted && metadata?.labels?.['app.kubernetes.io/component'] === 'prometheus';

const memoryFaults = (
  { object, construct }: Manifest,
  { series, memory }: Need,
  { scale }: CheckInput,
): Result[] => {
  const containers = listOf(object.spec?.template?.spec?.containers);
  const index = containers.findIndex(({ name }) => name === 'prometheus');
  const request = amount(recordOf(recordOf(containers[index]?.resources).requests).memory);
  if (request === undefined || memory <= request) return [];
  return [
    {
      severity: 'error',
      place: {
        object: titleOf(object),
        construct,
        path: `spec.template.spec.containers[${index}].resources.requests.memory`,
      },
      message: `Prometheus needs about ${formatBytes(memory)} for ${series} series of ${scale.nodes} nodes and ${scale.pods} pods, ${formatBytes(bytesPerSeries)} each.`,
      value: formatBytes(request),
      remedy:
        'Ask for more by prometheus.memory or a larger size, or keep less by prometheus.keep.',
    },
  ];
};

const diskFaults = (
  { samplesPerSecond, disk }: Need,
  { seconds: time, size, manifest }: Retention,
  manifests: readonly Manifest[],
): Result[] => {
  const claim = manifests.find(({ object }) => isPrometheus(object, 'PersistentVolumeClaim'));
  if (size === undefined || disk <= size) return [];
  const volume = claim?.object.spec?.resources?.requests?.storage;
  return [
    {
      severity: 'error',
      place: {
        object: titleOf(manifest.object),
        construct: manifest.construct,
        path: 'prometheus.yml: storage.tsdb.retention',
      },
      message: `To keep samples for ${Math.round(time / 86_400)} days takes about ${formatBytes(disk)}: ${Math.round(samplesPerSecond)} samples a second of ${bytesPerSample} bytes. The oldest would be deleted before.`,
      value: `${formatBytes(size)} of ${volume}`,
      remedy:
        'Make the volume larger by prometheus.volume, or the retention shorter by prometheus.retention.',
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
