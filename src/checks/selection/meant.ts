import { type KubernetesObject, titleOf } from '../../model/manifest.js';
import { suggest } from '../../model/suggestion.js';
import { requires, selects } from '../network/selector.js';
import type { Fault } from '../pod/fault.js';
import type { PodTemplate } from '../pod/template.js';
import { recordOf } from '../reference/lenient.js';
import { selectorText } from '../reference/reference.js';

type Labels = Readonly<Record<string, string>>;

/** The workloads whose pods a selector selects. */
export const selectedBy = (selector: unknown, near: readonly PodTemplate[]): PodTemplate[] =>
  near.filter(({ labels }) => selects(selector, labels));

/** Whether an object selects the pods of other workloads than the one that it is made for. */
export const misled = (
  object: KubernetesObject,
  path: string,
  selected: readonly PodTemplate[],
  near: readonly PodTemplate[],
): Fault[] => {
  const [first, second] = selected;
  if (!first) return [];
  if (second) {
    return [
      {
        path,
        message: `It selects the pods of ${selected.length} workloads.`,
        value: selected.map(({ manifest }) => titleOf(manifest.object)).join(', '),
        why: 'They are different programs, of which each would get what is meant for another.',
        remedy: 'Select by labels that the pods of one workload alone bear.',
      },
    ];
  }
  const meant = near.find((one) => isFor(object, one));
  if (!meant || meant === first || isFor(object, first)) return [];
  return [
    {
      path,
      message: `It is made for ${titleOf(meant.manifest.object)}, and selects the pods of another workload.`,
      value: titleOf(first.manifest.object),
      remedy: 'Select by the labels of the workload whose name or labels it bears.',
    },
  ];
};

const identity = [
  'app.kubernetes.io/name',
  'app.kubernetes.io/instance',
  'app.kubernetes.io/component',
];

/** Whether a selector asks for less than what tells pods from those of another stack or component. */
export const loose = (path: string, selector: unknown, labels: Labels): Fault[] => {
  const borne = identity.filter((key) => labels[key] !== undefined);
  return borne
    .filter((key) => !requires(selector, { [key]: `${labels[key]}` }))
    .map((key) => ({
      path,
      message: `It does not ask for the label ${key}, by which the pods are told from others.`,
      value: selectorText(recordOf(selector).matchLabels),
      why: 'The pods of another stack or component may bear all the rest.',
      remedy: `Select by ${borne.join(', ')}.`,
    }));
};

const subject = ['app.kubernetes.io/name', 'app.kubernetes.io/component'];

/** Whether an object bears the name of a workload, or the labels that tell one from another. */
const isFor = ({ metadata }: KubernetesObject, { manifest, labels }: PodTemplate): boolean =>
  metadata.name === manifest.object.metadata.name ||
  subject.every((key) => {
    const label = recordOf(metadata.labels)[key];
    return label !== undefined && label === labels[key];
  });

/** A selector that no pod answers to, with the label that one of them nearly has. */
export const selectsNone = (
  path: string,
  selector: unknown,
  near: readonly PodTemplate[],
): Fault => {
  const labels = Object.entries(recordOf(recordOf(selector).matchLabels));
  for (const [key, value] of labels) {
    const borne = near.flatMap((one) => (key in one.labels ? [`${one.labels[key]}`] : []));
    const suggestion =
      borne.length === 0
        ? suggest(key, [...new Set(near.flatMap((one) => Object.keys(one.labels)))])
        : borne.includes(`${value}`)
          ? undefined
          : suggest(`${value}`, borne);
    if (suggestion) return { ...none(path, `${key}=${value}`), suggestion };
  }
  return none(path, labels.map(([key, value]) => `${key}=${value}`).join(','));
};

const none = (path: string, value: string): Fault => ({
  path,
  message: 'It selects no pods of this namespace.',
  ...(value !== '' && { value }),
  remedy: 'Select by labels that the pods of a workload bear.',
});
