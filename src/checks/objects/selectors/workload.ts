import { type Manifest, titleOf } from '../../../model/manifest.js';
import type { PodTemplate } from '../../support/pod/template.js';
import { selects, selectsAll } from '../../support/selector.js';
import { listOf, recordOf } from '../../support/untyped.js';
import type { SelectorsFault } from './faults.js';
import { loose } from './mismatch.js';

/** Faults of a workload's selector, its spread constraints and its governing Service. */
export const workloadFaults = (
  template: PodTemplate,
  templates: readonly PodTemplate[],
  manifests: readonly Manifest[],
): SelectorsFault[] => [
  ...ownFaults(template, templates),
  ...spreadFaults(template),
  ...governingFaults(template, manifests),
];

// Kubernetes generates the selectors of the other kinds.
const selecting = ['Deployment', 'StatefulSet', 'DaemonSet', 'ReplicaSet'];

const ownFaults = (template: PodTemplate, templates: readonly PodTemplate[]): SelectorsFault[] => {
  const { object } = template.manifest;
  if (!selecting.includes(object.kind)) return [];
  const path = 'spec.selector';
  const { selector } = recordOf(object.spec);
  if (selectsAll(selector)) {
    return [
      {
        path,
        fault: 'no-workload-selector',
      },
    ];
  }
  const others = templates.filter(
    (one) =>
      one !== template && one.namespace === template.namespace && selects(selector, one.labels),
  );
  const own = selects(selector, template.labels);
  return [
    // The check `references` reports a selector that matches no pod of the namespace.
    ...(own || (others.length === 0 && !recordOf(selector).matchExpressions)
      ? []
      : [
          {
            path,
            fault: 'not-own-pods' as const,
          },
        ]),
    ...(own ? loose(path, selector, template.labels) : []),
    ...others.map(({ manifest }) => ({
      path,
      fault: 'other-pods' as const,
      message: `The selector also selects the pods of ${titleOf(manifest.object)}.`,
    })),
  ];
};

const spreadFaults = ({ spec, path, labels }: PodTemplate): SelectorsFault[] =>
  listOf(spec.topologySpreadConstraints).flatMap(({ labelSelector }, index) =>
    // A constraint without a selector counts no pods.
    labelSelector && selects(labelSelector, labels)
      ? loose(`${path}.topologySpreadConstraints[${index}].labelSelector`, labelSelector, labels)
      : [
          {
            path: `${path}.topologySpreadConstraints[${index}].labelSelector`,
            fault: 'spread-of-other-pods' as const,
          },
        ],
  );

/** Reports a StatefulSet whose governing Service does not select its pods. */
const governingFaults = (
  { manifest: { object }, labels, namespace }: PodTemplate,
  manifests: readonly Manifest[],
): SelectorsFault[] => {
  const { serviceName } = recordOf(object.spec);
  if (object.kind !== 'StatefulSet' || !serviceName) return [];
  const service = manifests.find(
    (one) =>
      one.object.kind === 'Service' &&
      one.object.metadata.namespace === namespace &&
      one.object.metadata.name === serviceName,
  );
  // Other checks report a Service that is missing or selects nothing.
  const { selector: matchLabels } = recordOf(service?.object.spec);
  if (!matchLabels || selects({ matchLabels }, labels)) return [];
  return [
    {
      path: 'spec.serviceName',
      fault: 'governing-service',
      value: serviceName,
    },
  ];
};
