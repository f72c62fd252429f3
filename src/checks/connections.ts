import type { Check, CheckInput } from '../model/check.js';
import type { Connection } from '../model/connection.js';
import type { Finding } from '../model/finding.js';
import type { Location } from '../model/location.js';
import { type Manifest, titleOf } from '../model/manifest.js';
import { type Pods, podsAt } from './network/pods.js';
import {
  type Direction,
  deniesAll,
  isolates,
  permits,
  policiesIn,
  policiesOf,
} from './network/policy.js';
import { named } from './reference/lenient.js';

const check: Check = {
  summary:
    'Every declared connection is open on both sides: the policies as written let it out, let it in, and a container listens; and the stack’s namespaces deny all else.',
  run: (all) => {
    const input = { ...all, manifests: named(all.manifests) };
    return distinct([
      ...input.manifests.flatMap((manifest) => openNamespace(manifest, input)),
      ...input.connections.flatMap((connection) => [
        ...closedSide('egress', connection, input),
        ...closedSide('ingress', connection, input),
        ...silentPort(connection, input),
      ]),
    ]);
  },
};

export default check;

type Result = Omit<Finding, 'check'>;

/** Whether a namespace of the stack lets through what no policy allows. */
const openNamespace = ({ object, construct }: Manifest, input: CheckInput): Result[] => {
  if (object.kind !== 'Namespace') return [];
  const policies = policiesIn(object.metadata.name, input);
  const directions: Direction[] = ['ingress', 'egress'];
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

const closedSide = (direction: Direction, connection: Connection, input: CheckInput): Result[] => {
  const { consumer, provider, endpoint } = connection;
  const [self, peer] = direction === 'egress' ? [consumer, provider] : [provider, consumer];
  const { port, protocol = 'TCP' } = endpoint;
  const portNames = podsOf(provider.location, input)
    .filter(({ location }) => !location.hostNetwork)
    .flatMap(({ ports }) => ports.filter((one) => one.port === port && one.protocol === protocol))
    .flatMap(({ name }) => name ?? []);
  const peers = shipped(peer.location, input);
  const isClosed = (location: Location): boolean => {
    // Policies select pods alone, and none that is on the host network.
    if (location.kind !== 'pods' || location.hostNetwork) return false;
    const policies = policiesOf(location, input);
    const isolated =
      input.isolatedNamespaces.includes(location.namespace) ||
      policies.some((policy) => isolates(policy, direction));
    const opens = (one: Location) =>
      permits(policies, { direction, peer: one, port, portNames, protocol }, input);
    return isolated && !peers.every(opens);
  };
  if (!shipped(self.location, input).some(isClosed)) return [];
  return [
    {
      severity: 'error',
      place: { path: pathOf(connection) },
      message: `No policy lets it ${direction === 'egress' ? 'leave' : 'reach'} the pods of ${self.party}.`,
      value: `${protocol} ${port}`,
      why: `${consumer.party} is declared to take ${connection.capability} from ${provider.party}.`,
      remedy: 'Policies follow from the declarations: see whether a patch changed one.',
    },
  ];
};

/** Whether no container of the provider's pods has the port. */
const silentPort = (connection: Connection, input: CheckInput): Result[] => {
  const { provider, endpoint, endpointName } = connection;
  const { port, protocol = 'TCP' } = endpoint;
  const listens = podsOf(provider.location, input).some(({ ports }) =>
    ports.some((one) => one.port === port && one.protocol === protocol),
  );
  if (!provider.own || listens) return [];
  return [
    {
      severity: 'error',
      place: { path: pathOf(connection) },
      message: `No container of ${provider.party} listens on the port of its endpoint '${endpointName}'.`,
      value: `${protocol} ${port}`,
      remedy: `Name the endpoint in the container that listens: endpoints: ['${endpointName}'].`,
    },
  ];
};

const podsOf = (location: Location, { manifests }: CheckInput): Pods[] =>
  location.kind === 'pods' ? podsAt(location, manifests) : [];

/** Where the pods are as they ship; as declared, where they are not of this stack. */
const shipped = (location: Location, input: CheckInput): Location[] => {
  const pods = podsOf(location, input);
  return pods.length > 0 ? pods.map((one) => one.location) : [location];
};

const pathOf = ({ consumer, capability, provider, endpointName }: Connection): string =>
  `${consumer.party} -> ${provider.party}.${endpointName} (${capability})`;

/** One port may offer the same to the same consumer several times. */
const distinct = (results: readonly Result[]): Result[] => [
  ...new Map(results.map((result) => [JSON.stringify(result), result])).values(),
];
