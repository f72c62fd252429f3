import type { PodLocation } from '../../../model/location.js';
import type { Manifest } from '../../../model/manifest.js';
import { podTemplateIn } from '../../../model/pod-template.js';
import { selects } from '../../support/selector.js';
import { listOf, recordOf } from '../../support/untyped.js';

/** The pods of one shipped workload. */
export interface Pods {
  /** Name of the workload. */
  readonly name: string;
  readonly manifest: Manifest;
  /** The location, with all labels of the pods. */
  readonly location: PodLocation;
  readonly ports: readonly {
    readonly name?: string;
    readonly port: number;
    readonly protocol: string;
  }[];
}

/** The pods of every shipped workload. */
export const podsIn = (manifests: readonly Manifest[]): Pods[] =>
  manifests.flatMap((manifest) => {
    const { object } = manifest;
    const { metadata, spec } = recordOf(podTemplateIn(object));
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

/** The pods at a location; empty if the location is not part of the stack. */
export const podsAt = ({ namespace, labels }: PodLocation, all: readonly Pods[]): Pods[] =>
  all.filter(
    ({ location }) =>
      location.namespace === namespace && selects({ matchLabels: labels }, location.labels),
  );
