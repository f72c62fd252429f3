import { capabilityFacts } from '../model/capability.js';
import { type Connection, connectionsFor } from '../model/connection.js';
import type { Finding } from '../model/finding.js';
import { isRelay } from '../model/relay.js';
import { type Choices, choicePath } from './connections.js';
import { connectionFinding } from './faults.js';
import type { LocatedParty } from './locate.js';

/** Faults of parties that pass on what they receive, such as a gateway for traces. */
export const relayFaults = (
  parties: readonly LocatedParty[],
  connections: readonly Connection[],
  choices: Choices,
): Finding[] => {
  const sent = connections.filter(
    ({ capability, consumer }) =>
      consumer.own && ['traces', 'span-metrics', 'logs', 'otlp-metrics'].includes(capability),
  );
  return [
    ...distinctEndpoints(sent).flatMap(receiverFault),
    ...loops(parties, connections, choices),
    ...uncounted(connections, choices),
  ];
};

/** An endpoint can offer both capabilities: a fault of it is reported once. */
const distinctEndpoints = (connections: readonly Connection[]): readonly Connection[] => [
  ...new Map(
    connections.map((one) => [`${one.consumer.party} ${placeOf(one)}`, one] as const),
  ).values(),
];

const placeOf = ({ provider, endpointName }: Connection): string =>
  `${provider.party}.endpoints.${endpointName}`;

const receiverFault = (connection: Connection): Finding[] => {
  const { consumer, provider, endpoint, offer } = connection;
  if (endpoint.host === undefined && !provider.own) {
    return [
      connectionFinding({
        fault: 'receiver-host',
        place: { path: `${placeOf(connection)}.host` },
        message: `${consumer.party} sends to ${provider.party}, which has no host.`,
      }),
    ];
  }
  const { authentication, scheme = 'http' } = endpoint;
  // Crowsnest itself declares the others, with the header.
  const isProtocol = ['grpc', 'http'].includes(offer.variant ?? 'grpc');
  const [at, value] =
    authentication === undefined
      ? []
      : scheme !== 'https'
        ? ['scheme', scheme]
        : authentication.kind === 'secret' && isProtocol
          ? ['authentication', authentication.kind]
          : [];
  return at === undefined
    ? []
    : [
        connectionFinding({
          fault: 'receiver-login',
          place: { path: `${placeOf(connection)}.${at}` },
          message: `${consumer.party} cannot log in to ${provider.party}.`,
          value,
        }),
      ];
};

const loops = (
  parties: readonly LocatedParty[],
  connections: readonly Connection[],
  choices: Choices,
): Finding[] => {
  const found = new Map<string, Finding>();
  for (const party of parties) {
    for (const { capability } of party.consumes) {
      if (capabilityFacts(capability).from !== 'one' || !isRelay(party, capability)) continue;
      const loop = loopFrom(party.name, connectionsFor(connections, capability));
      const key = [capability, ...[...loop].sort()].join(' ');
      if (loop.length === 0 || found.has(key)) continue;
      const chosen = loop.map((name) => `${name}.${capability}`).find((one) => one in choices);
      const others = parties
        .filter(
          ({ name, endpoints }) =>
            !loop.includes(name) &&
            Object.values(endpoints).some(({ offers }) =>
              offers.some((one) => one.capability === capability),
            ),
        )
        .map(({ name }) => `'${name}'`);
      found.set(
        key,
        connectionFinding({
          fault: 'relay-loop',
          place: { path: chosen ? choicePath(chosen) : party.name },
          message: `${[...loop, loop[0]].join(' → ')} pass on ${capability} to each other.`,
          ...(chosen && { value: choices[chosen] }),
          remedy:
            others.length > 0
              ? `Choose another provider for one of them: choices: { ${JSON.stringify(chosen ?? `${party.name}.${capability}`)}: ${others.join(' | ')} }.`
              : `Add a party that offers ${capability} and does not pass it on, and choose it for one of them.`,
        }),
      );
    }
  }
  return [...found.values()];
};

/** The parties of a loop that starts and ends at a party; empty if there is none. */
const loopFrom = (
  start: string,
  connections: readonly Connection[],
  path: readonly string[] = [start],
): readonly string[] => {
  const next = connections.find(({ consumer }) => consumer.party === path.at(-1))?.provider.party;
  if (next === start) return path;
  return next === undefined || path.includes(next)
    ? []
    : loopFrom(start, connections, [...path, next]);
};

/** Spans that reach a store directly, while a gateway in front of it counts spans in its place. */
const uncounted = (connections: readonly Connection[], choices: Choices): Finding[] => {
  const counted = connectionsFor(connections, 'span-metrics');
  const bypassing = connectionsFor(connections, 'traces').flatMap(({ consumer, provider }) => {
    const gateways = counted.filter((one) => one.provider.party === provider.party);
    const [gateway] = gateways;
    if (!gateway || gateways.some((one) => one.consumer.party === consumer.party)) return [];
    const key = [`${consumer.party}.traces`, 'traces'].find((one) => one in choices);
    return { consumer: consumer.party, provider: provider.party, via: gateway.consumer.party, key };
  });
  const causeOf = ({ key, consumer }: (typeof bypassing)[number]): string => key ?? consumer;
  return [...new Set(bypassing.map(causeOf))].map((cause) => {
    const all = bypassing.filter((one) => causeOf(one) === cause);
    const { provider, via, key, consumer } = all[0]!;
    const senders = [...new Set(all.map((one) => one.consumer))];
    return connectionFinding({
      fault: 'uncounted-spans',
      place: { path: key ? choicePath(key) : consumer },
      message: `The spans of ${senders.join(', ')} go to ${provider} without ${via}, which counts them: they are in no span metrics.`,
      ...(key && { value: choices[key] }),
      remedy: key
        ? `Remove the choice, or choose '${via}'.`
        : `Choose '${via}': choices: { ${JSON.stringify(`${consumer}.traces`)}: '${via}' }.`,
    });
  });
};
