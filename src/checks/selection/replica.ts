import { type Connection, connectionsFor } from '../../model/connection.js';
import type { KubernetesObject } from '../../model/manifest.js';
import type { Capability } from '../../model/offer.js';
import { selects } from '../network/selector.js';
import type { Fault } from '../pod/fault.js';
import { isAt, type PodTemplate } from '../pod/template.js';
import { listOf, recordOf } from '../reference/lenient.js';

/** Whether a Service leads to replicas otherwise than they need it. */
export const replicaFaults = (
  object: KubernetesObject,
  near: readonly PodTemplate[],
  connections: readonly Connection[],
): Fault[] => {
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
      // What peers have they tell each other.
      ...(offers('promql', 'datasource') && !offers('peers') ? wandering(object, set) : []),
    ];
  });
};

/** Whether replicas are told to find each other by the names that a Service gives them. */
const asksByName = ({ manifest, containers }: PodTemplate, { metadata }: KubernetesObject) => {
  const { metadata: set, spec } = manifest.object;
  if (spec?.serviceName !== metadata.name) return false;
  return containers
    .flatMap(({ container }) => [...listOf(container.command), ...listOf(container.args)])
    .flatMap((text) => [...`${text}`.matchAll(/([\w-]+)-\d+\.([\w-]+)\./g)])
    .some(([, pod, service]) => pod === set.name && service === metadata.name);
};

/** Only a headless Service gives names, and before they are ready only if it is told to. */
const nameless = ({ spec }: KubernetesObject): Fault[] => [
  ...(spec?.clusterIP === 'None'
    ? []
    : [
        {
          path: 'spec.clusterIP',
          message: 'The Service gives the replicas no names of their own.',
          value: spec?.clusterIP,
          why: 'Only one without an address of its own does, and they are told to find each other so.',
          remedy: 'Say None.',
        },
      ]),
  ...(spec?.publishNotReadyAddresses === true
    ? []
    : [
        {
          path: 'spec.publishNotReadyAddresses',
          message: 'The replicas have names only once they are ready.',
          value: spec?.publishNotReadyAddresses,
          why: 'They are told to find each other so while they start.',
          remedy: 'Say true.',
        },
      ]),
];

/** Each replica that writes its own samples has others: whoever asks stays with one. */
const wandering = ({ spec }: KubernetesObject, { manifest }: PodTemplate): Fault[] =>
  spec?.clusterIP === 'None' ||
  spec?.sessionAffinity === 'ClientIP' ||
  !manifest.object.spec?.volumeClaimTemplates
    ? []
    : [
        {
          path: 'spec.sessionAffinity',
          message: 'Each request of a client may come to another replica.',
          value: spec?.sessionAffinity,
          why: 'Each replica has data of its own: a graph would change whenever it is drawn again.',
          remedy: 'Say ClientIP.',
        },
      ];
