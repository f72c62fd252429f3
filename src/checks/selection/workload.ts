import { type Manifest, titleOf } from '../../model/manifest.js';
import { selects, selectsAll } from '../network/selector.js';
import type { Fault } from '../pod/fault.js';
import type { PodTemplate } from '../pod/template.js';
import { listOf, recordOf } from '../reference/lenient.js';
import { loose } from './meant.js';

/** What is wrong with the pods that a workload counts as its own, spreads, or is found by. */
export const workloadFaults = (
  template: PodTemplate,
  templates: readonly PodTemplate[],
  manifests: readonly Manifest[],
): Fault[] => [
  ...ownFaults(template, templates),
  ...spreadFaults(template),
  ...governingFaults(template, manifests),
];

// The others select by labels that Kubernetes makes up for them.
const selecting = ['Deployment', 'StatefulSet', 'DaemonSet', 'ReplicaSet'];

const ownFaults = (template: PodTemplate, templates: readonly PodTemplate[]): Fault[] => {
  const { object } = template.manifest;
  if (!selecting.includes(object.kind)) return [];
  const path = 'spec.selector';
  const { selector } = recordOf(object.spec);
  if (selectsAll(selector)) {
    return [
      {
        path,
        message: 'The workload has no selector.',
        why: 'The API server refuses it.',
        remedy: 'Select by labels that its own pods alone bear.',
      },
    ];
  }
  const others = templates.filter(
    (one) =>
      one !== template && one.namespace === template.namespace && selects(selector, one.labels),
  );
  const own = selects(selector, template.labels);
  return [
    // Of a selector that no pod of the namespace answers to, the check of references tells.
    ...(own || (others.length === 0 && !recordOf(selector).matchExpressions)
      ? []
      : [
          {
            path,
            message: 'The selector does not select the workload’s own pods.',
            why: 'The API server refuses a workload whose pods it would not find again.',
            remedy: 'Select by labels of its template.',
          },
        ]),
    ...(own ? loose(path, selector, template.labels) : []),
    ...others.map(({ manifest }) => ({
      path,
      message: `It selects the pods of ${titleOf(manifest.object)} as well.`,
      why: 'Two workloads that count each other’s pods as their own fight over them.',
      remedy: 'Select by labels that its own pods alone bear.',
    })),
  ];
};

const spreadFaults = ({ spec, path, labels }: PodTemplate): Fault[] =>
  listOf(spec.topologySpreadConstraints).flatMap(({ labelSelector }, index) =>
    // Without a selector it counts no pod at all.
    labelSelector && selects(labelSelector, labels)
      ? loose(`${path}.topologySpreadConstraints[${index}].labelSelector`, labelSelector, labels)
      : [
          {
            path: `${path}.topologySpreadConstraints[${index}].labelSelector`,
            message: 'The constraint does not count the workload’s own pods.',
            why: 'All replicas may come to the same node.',
            remedy: 'Select by the labels by which the workload selects its pods.',
          },
        ],
  );

/** Whether a StatefulSet's pods are not among those of the Service that names them. */
const governingFaults = (
  { manifest: { object }, labels, namespace }: PodTemplate,
  manifests: readonly Manifest[],
): Fault[] => {
  const { serviceName } = recordOf(object.spec);
  if (object.kind !== 'StatefulSet' || !serviceName) return [];
  const service = manifests.find(
    (one) =>
      one.object.kind === 'Service' &&
      one.object.metadata.namespace === namespace &&
      one.object.metadata.name === serviceName,
  );
  // That there is none, or that it selects nothing, others tell.
  const { selector: matchLabels } = recordOf(service?.object.spec);
  if (!matchLabels || selects({ matchLabels }, labels)) return [];
  return [
    {
      path: 'spec.serviceName',
      message: 'The Service does not select the pods of the StatefulSet.',
      value: serviceName,
      why: 'It gives them no names by which they could be found.',
      remedy: 'Name the Service of these pods.',
    },
  ];
};
