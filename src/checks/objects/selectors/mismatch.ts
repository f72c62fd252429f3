import { type KubernetesObject, titleOf } from '../../../model/manifest.js';
import { suggest } from '../../../model/suggestion.js';
import { isSameWorkload, type PodTemplate } from '../../support/pod/template.js';
import { selectorText } from '../../support/reference/reference.js';
import { requires } from '../../support/selector.js';
import { recordOf } from '../../support/untyped.js';
import type { SelectorsFault } from './faults.js';

type Labels = Readonly<Record<string, string>>;

/** Reports an object that selects pods of another workload than its own, or of several workloads. */
export const misled = (
  object: KubernetesObject,
  path: string,
  selected: readonly PodTemplate[],
  near: readonly PodTemplate[],
): SelectorsFault[] => {
  const [first] = selected;
  if (!first) return [];
  const second = selected.find((one) => one !== first && !isSameWorkload(one, first));
  if (second) {
    return [
      {
        path,
        fault: 'several-workloads',
        message: `The selector selects the pods of ${selected.length} workloads.`,
        value: selected.map(({ manifest }) => titleOf(manifest.object)).join(', '),
      },
    ];
  }
  const intended = near.find((one) => isFor(object, one));
  if (!intended || intended === first || isFor(object, first)) return [];
  return [
    {
      path,
      fault: 'other-workload',
      message: `The object is for ${titleOf(intended.manifest.object)}, but selects the pods of another workload.`,
      value: titleOf(first.manifest.object),
    },
  ];
};

const identity = [
  'app.kubernetes.io/name',
  'app.kubernetes.io/instance',
  'app.kubernetes.io/component',
];

/** Reports labels that distinguish the pods from those of other stacks or components, and are not selected. */
export const loose = (path: string, selector: unknown, labels: Labels): SelectorsFault[] => {
  const present = identity.filter((key) => labels[key] !== undefined);
  return present
    .filter((key) => !requires(selector, { [key]: `${labels[key]}` }))
    .map((key) => ({
      path,
      fault: 'missing-label',
      message: `The selector does not use the label ${key}, which distinguishes these pods from others.`,
      value: selectorText(recordOf(selector).matchLabels),
      remedy: `Select by ${present.join(', ')}.`,
    }));
};

const subject = ['app.kubernetes.io/name', 'app.kubernetes.io/component'];

/** Whether an object has the name of a workload, or its identifying labels. One workload can have several CronJobs. */
const isFor = ({ metadata }: KubernetesObject, { manifest, labels }: PodTemplate): boolean =>
  (metadata.name === manifest.object.metadata.name && manifest.object.kind !== 'CronJob') ||
  subject.every((key) => {
    const label = recordOf(metadata.labels)[key];
    return label !== undefined && label === labels[key];
  });

/** Reports a selector that matches no pod, and suggests a similar label. */
export const selectsNone = (
  path: string,
  selector: unknown,
  near: readonly PodTemplate[],
): SelectorsFault => {
  const labels = Object.entries(recordOf(recordOf(selector).matchLabels));
  for (const [key, value] of labels) {
    const present = near.flatMap((one) => (key in one.labels ? [`${one.labels[key]}`] : []));
    const suggestion =
      present.length === 0
        ? suggest(key, [...new Set(near.flatMap((one) => Object.keys(one.labels)))])
        : present.includes(`${value}`)
          ? undefined
          : suggest(`${value}`, present);
    if (suggestion) return { ...none(path, `${key}=${value}`), suggestion };
  }
  return none(path, labels.map(([key, value]) => `${key}=${value}`).join(','));
};

const none = (path: string, value: string): SelectorsFault => ({
  path,
  fault: 'no-pods',
  ...(value !== '' && { value }),
});
