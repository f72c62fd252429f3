import type { Capability } from '../../../model/capability.js';
import { type Connection, connectionsFor } from '../../../model/connection.js';
import type { KubernetesObject } from '../../../model/manifest.js';
import { isAt, type PodTemplate } from '../../support/pod/template.js';
import { selects } from '../../support/selector.js';
import { listOf, recordOf } from '../../support/untyped.js';
import type { SelectorsFault } from './faults.js';

/** Faults of a Service for replicas: missing DNS names and missing session affinity. */
export const replicaFaults = (
  object: KubernetesObject,
  near: readonly PodTemplate[],
  connections: readonly Connection[],
): SelectorsFault[] => {
  const matchLabels = recordOf(object.spec?.selector);
  const sets = near.filter(
    ({ manifest, labels, replicas = 1 }) =>
      manifest.object.kind === 'StatefulSet' && replicas > 1 && selects({ matchLabels }, labels),
  );
  return sets.flatMap((set) => {
    const offers = (...capabilities: readonly Capability[]): boolean =>
      capabilities
        .flatMap((one) => connectionsFor(connections, one))
        .some(({ provider }) => isAt(set, provider.location));
    return [
      ...(asksByName(set, object) ? nameless(object) : []),
      // Peers replicate their data.
      ...(offers('promql', 'logql', 'datasource') && !offers('peers')
        ? wandering(object, set)
        : []),
    ];
  });
};

/** Whether the arguments of replicas use the DNS names that the Service gives them. */
const asksByName = ({ manifest, containers }: PodTemplate, { metadata }: KubernetesObject) => {
  const { metadata: set, spec } = manifest.object;
  if (spec?.serviceName !== metadata.name) return false;
  return containers
    .flatMap(({ container }) => [...listOf(container.command), ...listOf(container.args)])
    .flatMap((text) => [...`${text}`.matchAll(/([\w-]+)-\d+\.([\w-]+)\./g)])
    .some(([, pod, service]) => pod === set.name && service === metadata.name);
};

/** Only a headless Service gives names; unready pods need `publishNotReadyAddresses`. */
const nameless = ({ spec }: KubernetesObject): SelectorsFault[] => [
  ...(spec?.clusterIP === 'None'
    ? []
    : [
        {
          path: 'spec.clusterIP',
          fault: 'no-replica-names' as const,
          value: spec?.clusterIP,
        },
      ]),
  ...(spec?.publishNotReadyAddresses === true
    ? []
    : [
        {
          path: 'spec.publishNotReadyAddresses',
          fault: 'late-replica-names' as const,
          value: spec?.publishNotReadyAddresses,
        },
      ]),
];

/** Each replica stores its own samples, so a client must stay with one replica. */
const wandering = ({ spec }: KubernetesObject, { manifest }: PodTemplate): SelectorsFault[] =>
  spec?.clusterIP === 'None' ||
  spec?.sessionAffinity === 'ClientIP' ||
  !manifest.object.spec?.volumeClaimTemplates
    ? []
    : [
        {
          path: 'spec.sessionAffinity',
          fault: 'no-session-affinity',
          value: spec?.sessionAffinity,
        },
      ];
