import type { PodLocation } from '../../model/location.js';
import type { Manifest } from '../../model/manifest.js';
import { listOf, recordOf } from '../reference/lenient.js';
import { selects } from './selector.js';

/** The pods of one workload, as they ship. */
export interface Pods {
  /** With all labels that the pods bear. */
  readonly location: PodLocation;
  readonly ports: readonly {
    readonly name?: string;
    readonly port: number;
    readonly protocol: string;
  }[];
}

/** The pods at a location; none where they are those of somebody else. */
export const podsAt = (
  { namespace, labels }: PodLocation,
  manifests: readonly Manifest[],
): Pods[] =>
  manifests.flatMap(({ object }) => {
    const { metadata, spec } = recordOf(object.spec?.template);
    const borne = recordOf(metadata?.labels);
    if (!spec || object.metadata.namespace !== namespace) return [];
    if (!selects({ matchLabels: labels }, borne)) return [];
    return [
      {
        location: {
          kind: 'pods',
          namespace,
          labels: borne,
          hostNetwork: spec.hostNetwork === true,
        },
        ports: listOf(spec.containers).flatMap(({ ports }) =>
          listOf(ports).map(({ name, containerPort: port, protocol = 'TCP' }) => ({
            name,
            port,
            protocol,
          })),
        ),
      },
    ];
  });

/** The labels of a namespace: those that ship with it, and its name, which Kubernetes adds. */
export const namespaceLabels = (
  name: string,
  manifests: readonly Manifest[],
): Readonly<Record<string, string>> => ({
  ...recordOf(
    manifests.find(({ object }) => object.kind === 'Namespace' && object.metadata.name === name)
      ?.object.metadata.labels,
  ),
  'kubernetes.io/metadata.name': name,
});
