import type { PodLocation } from '../../model/location.js';
import type { Manifest } from '../../model/manifest.js';
import { listOf, recordOf } from '../reference/lenient.js';
import { selects } from './selector.js';

/** The pods of one workload, as they ship. */
export interface Pods {
  /** Name of the workload. */
  readonly name: string;
  readonly manifest: Manifest;
  /** With all labels that the pods bear. */
  readonly location: PodLocation;
  readonly ports: readonly {
    readonly name?: string;
    readonly port: number;
    readonly protocol: string;
  }[];
}

/** The pods of every workload that ships. */
export const podsIn = (manifests: readonly Manifest[]): Pods[] =>
  manifests.flatMap((manifest) => {
    const { object } = manifest;
    const { metadata, spec } = recordOf(object.spec?.template);
    if (!spec) return [];
    return [
      {
        name: object.metadata.name,
        manifest,
        location: {
          kind: 'pods',
          namespace: `${object.metadata.namespace}`,
          labels: recordOf(metadata?.labels),
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

/** Those of the pods that are at a location; none where it is one of somebody else. */
export const podsAt = ({ namespace, labels }: PodLocation, all: readonly Pods[]): Pods[] =>
  all.filter(
    ({ location }) =>
      location.namespace === namespace && selects({ matchLabels: labels }, location.labels),
  );
