import { type CheckInput, defineCheck } from '../../model/check.js';
import type { Connection, End } from '../../model/connection.js';
import { portText, protocolOf } from '../../model/endpoint.js';
import type { Place } from '../../model/finding.js';
import type { Location, PodLocation } from '../../model/location.js';
import { type Manifest, titleOf } from '../../model/manifest.js';
import { requires, selects, selectsAll } from '../support/selector.js';
import { named } from '../support/untyped.js';
import { excessOf, type Subject } from './reachability/excess.js';
import { faults, type Result } from './reachability/faults.js';
import { namedPorts } from './reachability/named-port.js';
import { type Network, networkOf } from './reachability/network.js';
import { type Pods, podsAt, podsIn } from './reachability/pods.js';
import { deniesAll, isolates, permits, policiesOf, selectorOf } from './reachability/policy.js';
import { type Direction, directions, type Flow } from './reachability/traffic.js';

const check = defineCheck({
  faults,
  summary:
    'The shipped policies, of both kinds, in both directions: every declared connection can leave its consumer, can reach its provider, and finds a container that listens. Nothing else is open, to no pod, node or address, and the namespaces of the stack deny the rest.',
  run: (all) => {
    const input = { ...all, manifests: named(all.manifests) };
    const situation = { input, network: networkOf(input), pods: podsIn(input.manifests) };
    return distinct([
      ...input.manifests.flatMap((manifest) => openNamespace(manifest, situation)),
      ...input.manifests.flatMap((manifest) => namedPorts(manifest, all)),
      ...input.connections.flatMap((connection) => [
        ...closedSide('egress', connection, situation),
        ...closedSide('ingress', connection, situation),
        ...silentPort(connection, situation),
      ]),
      ...directions.flatMap((direction) => openSides(direction, situation)),
      ...strayPolicies(situation),
    ]);
  },
});

export default check;

interface Situation {
  readonly input: CheckInput;
  readonly network: Network;
  /** The pods of all shipped workloads. */
  readonly pods: readonly Pods[];
}

/** Namespaces of the stack without a default-deny policy. */
const openNamespace = ({ object, construct }: Manifest, { network }: Situation): Result[] => {
  if (object.kind !== 'Namespace') return [];
  const policies = network.policiesIn(object.metadata.name);
  return directions
    .filter((direction) => !policies.some((policy) => deniesAll(policy, direction)))
    .map((direction) => ({
      place: { object: titleOf(object), construct },
      fault: 'no-default-deny',
      message: `No policy denies the remaining ${direction} of all pods in the namespace.`,
      remedy: `Restore the default-deny policy: an empty podSelector, policyTypes with ${direction === 'ingress' ? 'Ingress' : 'Egress'}, no rules.`,
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
    // Policies apply only to pods, and not to pods on the host network.
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
      fault: `blocked-${direction}`,
      place: { ...closing(closed, direction, situation), path: pathOf(connection) },
      message: `${direction === 'egress' ? 'Egress' : 'Ingress'} is blocked: no policy of ${self.party} allows ${consumer.party} → ${provider.party}:${connection.endpoint.icmp === undefined ? connection.endpoint.port : 'ICMP'}.`,
      value: portOf(connection),
      why: `${consumer.party} is declared to consume ${capability} of ${provider.party}.`,
    },
  ];
};

/** The place of a blocked connection: the policy of the pods, or the pods if they have none. */
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

/** The traffic of a connection for the policies of one side: one flow for each location of the peer. */
const flowsOf = (
  direction: Direction,
  { provider, endpoint }: Connection,
  peers: readonly Location[],
  situation: Situation,
): Flow[] => {
  const { port } = endpoint;
  const protocol = protocolOf(endpoint);
  const portNames = podsOf(provider.location, situation)
    .filter(({ location }) => !location.hostNetwork)
    .flatMap(({ ports }) => ports.filter((one) => one.port === port && one.protocol === protocol))
    .flatMap(({ name }) => name ?? []);
  return peers.map((peer) => ({ direction, peer, port, portNames, protocol }));
};

/** Unneeded openings of the policies, for the shipped pods and for declared pods that do not ship. */
const openSides = (direction: Direction, situation: Situation): Result[] => {
  const { network } = situation;
  const subjects = subjectsOf(direction, situation);
  // Policies do not apply to pods on the host network.
  const isolated = subjects.filter(({ pods }) => !pods.hostNetwork);
  return isolated.flatMap((subject) =>
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

/** The flows of pods that declared connections need. */
const needsOf = (direction: Direction, pods: PodLocation, situation: Situation): Flow[] =>
  situation.input.connections.flatMap((connection) => {
    const [{ location }, peer] = endsOf(direction, connection);
    const isSelf =
      location.kind === 'pods' &&
      location.namespace === pods.namespace &&
      selects({ matchLabels: location.labels }, pods.labels);
    return isSelf ? flowsOf(direction, connection, [peer.location], situation) : [];
  });

/** Policies in foreign namespaces that select pods which no party declares. */
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
      place: { object: titleOf(manifest.object), construct: manifest.construct, path },
      fault: 'undeclared-pods',
    }));
};

/** Reports a connection if no container of the provider has the port. */
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
      place: { ...(pods[0] && placeOf(pods[0].manifest)), path: pathOf(connection) },
      fault: 'no-listener',
      message: `No container of ${provider.party} has the port of its endpoint '${endpointName}'.`,
      value: portOf(connection),
      remedy: `Add the endpoint to the container that listens: endpoints: ['${endpointName}'].`,
    },
  ];
};

const podsOf = (location: Location, { pods }: Situation): Pods[] =>
  location.kind === 'pods' ? podsAt(location, pods) : [];

/** The locations of the shipped pods; the declared location if the pods do not ship. */
const shipped = (location: Location, situation: Situation): Location[] => {
  const pods = podsOf(location, situation);
  return pods.length > 0 ? pods.map((one) => one.location) : [location];
};

const portOf = ({ endpoint }: Connection): string => portText(endpoint);

const pathOf = ({ consumer, capability, provider, endpointName }: Connection): string =>
  `${consumer.party} -> ${provider.party}.${endpointName} (${capability})`;

/** The same result appears several times if a port has several offers for one consumer. */
const distinct = (results: readonly Result[]): Result[] => [
  ...new Map(results.map((result) => [JSON.stringify(result), result])).values(),
];
