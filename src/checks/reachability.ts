import type { Check, CheckInput } from '../model/check.js';
import type { Connection, End } from '../model/connection.js';
import type { Finding, Place } from '../model/finding.js';
import type { Location, PodLocation } from '../model/location.js';
import { type Manifest, titleOf } from '../model/manifest.js';
import { excessOf, type Subject } from './network/excess.js';
import { type Network, networkOf } from './network/network.js';
import { type Pods, podsAt, podsIn } from './network/pods.js';
import { deniesAll, isolates, permits, policiesOf, selectorOf } from './network/policy.js';
import { requires, selects, selectsAll } from './network/selector.js';
import { type Direction, directions, type Flow } from './network/traffic.js';
import { named } from './reference/lenient.js';

const check: Check = {
  summary:
    'The policies as written, of both kinds, in both directions: every declared connection leaves its consumer, reaches its provider, and finds a container that listens; nothing else is open, to no pod, node or address, and the stack’s namespaces deny all else.',
  run: (all) => {
    const input = { ...all, manifests: named(all.manifests) };
    const situation = { input, network: networkOf(input), pods: podsIn(input.manifests) };
    return distinct([
      ...input.manifests.flatMap((manifest) => openNamespace(manifest, situation)),
      ...input.connections.flatMap((connection) => [
        ...closedSide('egress', connection, situation),
        ...closedSide('ingress', connection, situation),
        ...silentPort(connection, situation),
      ]),
      ...directions.flatMap((direction) => openSides(direction, situation)),
      ...strayPolicies(situation),
    ]);
  },
};

export default check;

type Result = Omit<Finding, 'check'>;

interface Situation {
  readonly input: CheckInput;
  readonly network: Network;
  /** Of all workloads that ship. */
  readonly pods: readonly Pods[];
}

/** Whether a namespace of the stack lets through what no policy allows. */
const openNamespace = ({ object, construct }: Manifest, { network }: Situation): Result[] => {
  if (object.kind !== 'Namespace') return [];
  const policies = network.policiesIn(object.metadata.name);
  return directions
    .filter((direction) => !policies.some((policy) => deniesAll(policy, direction)))
    .map((direction) => ({
      severity: 'error',
      place: { object: titleOf(object), construct },
      message: `No policy denies every pod of the namespace all other ${direction}.`,
      why: 'In its own namespaces the stack denies what no connection declares.',
      remedy: `Put the default-deny policy back: an empty podSelector, policyTypes with ${direction === 'ingress' ? 'Ingress' : 'Egress'}, no rules.`,
    }));
};

const endsOf = (direction: Direction, { consumer, provider }: Connection): [End, End] =>
  direction === 'egress' ? [consumer, provider] : [provider, consumer];

const closedSide = (
  direction: Direction,
  connection: Connection,
  situation: Situation,
): Result[] => {
  const { input, network } = situation;
  const { consumer, provider, capability } = connection;
  const [self, peer] = endsOf(direction, connection);
  const flows = flowsOf(direction, connection, shipped(peer.location, situation), situation);
  const isClosed = (location: Location): location is PodLocation => {
    // Policies select pods alone, and none that is on the host network.
    if (location.kind !== 'pods' || location.hostNetwork) return false;
    const policies = policiesOf(location, network);
    const isolated =
      input.isolatedNamespaces.includes(location.namespace) ||
      policies.some((policy) => isolates(policy, direction));
    return isolated && !flows.every((flow) => permits(policies, flow, network));
  };
  const closed = shipped(self.location, situation).find(isClosed);
  if (!closed) return [];
  return [
    {
      severity: 'error',
      place: { ...closing(closed, direction, situation), path: pathOf(connection) },
      message: `No policy lets it ${direction === 'egress' ? 'leave' : 'reach'} the pods of ${self.party}.`,
      value: portOf(connection),
      why: `${consumer.party} is declared to take ${capability} from ${provider.party}.`,
      remedy: 'Policies follow from the declarations: see whether a patch changed one.',
    },
  ];
};

/** What keeps pods from a connection: their own policy, or, where they have none, they themselves. */
const closing = (
  location: PodLocation,
  direction: Direction,
  { network, pods }: Situation,
): Place => {
  const policy = policiesOf(location, network).find(
    (one) => isolates(one, direction) && !selectsAll(selectorOf(one)),
  );
  const [workload] = podsAt(location, pods);
  const manifest = policy?.manifest ?? workload?.manifest;
  return manifest ? placeOf(manifest) : { object: `Namespace ${location.namespace}` };
};

const placeOf = ({ object, construct }: Manifest): Place => ({
  object: titleOf(object),
  construct,
});

/** A connection as the policies of one side see it, with its peer at each of the locations. */
const flowsOf = (
  direction: Direction,
  { provider, endpoint: { port, protocol = 'TCP' } }: Connection,
  peers: readonly Location[],
  situation: Situation,
): Flow[] => {
  const portNames = podsOf(provider.location, situation)
    .filter(({ location }) => !location.hostNetwork)
    .flatMap(({ ports }) => ports.filter((one) => one.port === port && one.protocol === protocol))
    .flatMap(({ name }) => name ?? []);
  return peers.map((peer) => ({ direction, peer, port, portNames, protocol }));
};

/** What the policies open for the pods of each party, and for those that no party declares. */
const openSides = (direction: Direction, situation: Situation): Result[] => {
  const { network } = situation;
  const subjects = subjectsOf(direction, situation);
  // No policy holds for pods on the host network.
  const held = subjects.filter(({ pods }) => !pods.hostNetwork);
  return held.flatMap((subject) =>
    policiesOf(subject.pods, network)
      .filter((policy) => isolates(policy, direction))
      .flatMap((policy) => excessOf(policy, direction, subject, subjects, network)),
  );
};

const subjectsOf = (direction: Direction, situation: Situation): Subject[] => {
  const { input, pods } = situation;
  const ends = new Map<string, End>();
  for (const { consumer, provider } of input.connections) {
    for (const end of [consumer, provider]) ends.set(`${end.party} ${end.workload}`, end);
  }
  const declared = [...ends.values()].flatMap(({ party, location }): Subject[] =>
    location.kind === 'pods' && podsOf(location, situation).length === 0
      ? [{ name: party, pods: location, needs: needsOf(direction, location, situation) }]
      : [],
  );
  const own = pods.map(
    ({ location, name }): Subject => ({
      name,
      pods: location,
      needs: needsOf(direction, location, situation),
    }),
  );
  return [...own, ...declared];
};

/** The flows that declared connections need of pods. */
const needsOf = (direction: Direction, pods: PodLocation, situation: Situation): Flow[] =>
  situation.input.connections.flatMap((connection) => {
    const [{ location }, peer] = endsOf(direction, connection);
    const isSelf =
      location.kind === 'pods' &&
      location.namespace === pods.namespace &&
      selects({ matchLabels: location.labels }, pods.labels);
    return isSelf ? flowsOf(direction, connection, [peer.location], situation) : [];
  });

/** Policies in namespaces of others that would isolate pods of which nothing is declared. */
const strayPolicies = ({ input, network }: Situation): Result[] => {
  const own = new Set(
    input.manifests.flatMap(({ object }) =>
      object.kind === 'Namespace' ? object.metadata.name : [],
    ),
  );
  const ends = input.connections.flatMap(({ consumer, provider }) => [consumer, provider]);
  return network.policies
    .filter(({ namespace }) => !own.has(namespace))
    .filter(
      (policy) =>
        !ends.some(
          ({ location }) =>
            location.kind === 'pods' &&
            location.namespace === policy.namespace &&
            requires(selectorOf(policy), location.labels),
        ),
    )
    .map(({ manifest, path }) => ({
      severity: 'error',
      place: { object: titleOf(manifest.object), construct: manifest.construct, path },
      message: 'It selects pods of others that no party declares.',
      why: 'A policy isolates the pods that it selects from all that no policy allows.',
      remedy: 'Select by all the labels of a declared party.',
    }));
};

/** Whether no container of the provider's pods has the port. */
const silentPort = (connection: Connection, situation: Situation): Result[] => {
  const { provider, endpoint, endpointName } = connection;
  const { port, protocol = 'TCP' } = endpoint;
  const pods = podsOf(provider.location, situation);
  const listens = pods.some(({ ports }) =>
    ports.some((one) => one.port === port && one.protocol === protocol),
  );
  if (!provider.own || listens) return [];
  return [
    {
      severity: 'error',
      place: { ...(pods[0] && placeOf(pods[0].manifest)), path: pathOf(connection) },
      message: `No container of ${provider.party} listens on the port of its endpoint '${endpointName}'.`,
      value: portOf(connection),
      remedy: `Name the endpoint in the container that listens: endpoints: ['${endpointName}'].`,
    },
  ];
};

const podsOf = (location: Location, { pods }: Situation): Pods[] =>
  location.kind === 'pods' ? podsAt(location, pods) : [];

/** Where the pods are as they ship; as declared, where they are not of this stack. */
const shipped = (location: Location, situation: Situation): Location[] => {
  const pods = podsOf(location, situation);
  return pods.length > 0 ? pods.map((one) => one.location) : [location];
};

const portOf = ({ endpoint: { port, protocol = 'TCP' } }: Connection): string =>
  `${protocol} ${port}`;

const pathOf = ({ consumer, capability, provider, endpointName }: Connection): string =>
  `${consumer.party} -> ${provider.party}.${endpointName} (${capability})`;

/** One port may offer the same to the same consumer several times. */
const distinct = (results: readonly Result[]): Result[] => [
  ...new Map(results.map((result) => [JSON.stringify(result), result])).values(),
];
