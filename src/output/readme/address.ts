import type { LocatedParty } from '../../derive/locate.js';
import { type Connection, connectionsFor } from '../../model/connection.js';
import { objectName, serviceHost } from '../../model/identity.js';
import type { OtlpOffer } from '../../model/offer.js';
import { isRelay } from '../../model/relay.js';
import { code, distinct, listed, table } from './markdown.js';

/** URLs of the web interfaces, and the endpoints for the spans and logs of applications. */
export const addresses = (
  stack: string,
  parties: readonly LocatedParty[],
  connections: readonly Connection[],
): string[] => {
  const receivers = spanReceivers(parties, connections).filter(
    ({ party }) => party.own && endpointsFor('traces', stack, party).length > 0,
  );
  return [
    '## Addresses',
    table(
      ['what', 'where'],
      [
        ...parties.flatMap((one) => {
          const { page } = one.readme ?? {};
          return page ? [[one.name, page.url ?? forward(stack, one, page.endpoint)]] : [];
        }),
        ...receivers.map(({ party, senders }) => [
          'spans (OTLP)',
          `${endpointsFor('traces', stack, party).join(' or ')}, from ${senders.length > 0 ? listed(senders) : '**no application**'}`,
        ]),
        ...parties.flatMap((party) => logsTo(stack, party, connections)),
      ],
    ),
    ...receivers.flatMap(({ party, senders }) =>
      senders.length > 0
        ? []
        : `**No application can send spans, so ${party.name} receives none.** Set \`traces: true\` in the \`application({ … })\` of each application that sends spans.`,
    ),
  ];
};

/**
 * The parties that receive spans from applications, each with these. Without any application, those that no other
 * one is in front of.
 */
const spanReceivers = (
  parties: readonly LocatedParty[],
  connections: readonly Connection[],
): { readonly party: LocatedParty; readonly senders: readonly string[] }[] => {
  const relays = parties.filter((one) => isRelay(one, 'traces')).map(({ name }) => name);
  const sending = connectionsFor(connections, 'traces').map(({ consumer, provider }) => ({
    from: consumer.party,
    to: provider.party,
  }));
  const all = parties.map((party) => ({
    party,
    senders: distinct(
      sending.flatMap(({ from, to }) =>
        to === party.name && !relays.includes(from) ? [from] : [],
      ),
    ),
  }));
  const used = all.filter(({ senders }) => senders.length > 0);
  return used.length > 0
    ? used
    : all.filter(
        ({ party: { name } }) =>
          (relays.length === 0 || relays.includes(name)) && sending.every(({ to }) => to !== name),
      );
};

/** The row of a party that receives logs from applications. */
const logsTo = (
  stack: string,
  party: LocatedParty,
  connections: readonly Connection[],
): string[][] => {
  const senders = connectionsFor(connections, 'logs').flatMap(({ consumer, provider }) =>
    provider.party === party.name && !consumer.own ? [consumer.party] : [],
  );
  return party.own && senders.length > 0
    ? [
        [
          'logs (OTLP)',
          `${endpointsFor('logs', stack, party).join(' or ')}, from ${listed(distinct(senders))}`,
        ],
      ]
    : [];
};

const protocols: Readonly<Record<string, string>> = { grpc: 'gRPC', http: 'HTTP' };

/** Each endpoint that receives these, as text. */
const endpointsFor = (signal: 'traces' | 'logs', stack: string, party: LocatedParty): string[] =>
  Object.values(party.endpoints).flatMap(({ port, offers, workload }) =>
    offers.flatMap((offer) => {
      if (offer.capability !== signal) return [];
      const { variant = '', path = '' } = offer as OtlpOffer;
      const address = `${serviceHost(serviceOf(stack, party, workload))}:${port}${path}`;
      return [`${code(address)} (${protocols[variant] ?? variant})`];
    }),
  );

const forward = (stack: string, party: LocatedParty, endpoint: string): string => {
  const { port, workload } = party.endpoints[endpoint]!;
  const { name, namespace } = serviceOf(stack, party, workload);
  return `not exposed: ${code(`kubectl -n ${namespace} port-forward svc/${name} ${port}`)}, then http://localhost:${port}/`;
};

const serviceOf = (
  stack: string,
  { name, workloads }: LocatedParty,
  workload = Object.keys(workloads)[0] ?? name,
): { readonly name: string; readonly namespace: string } => {
  const location = workloads[workload];
  if (location?.kind !== 'pods') throw new Error(`'${name}' has no pods of the stack.`);
  return { name: objectName(stack, workload), namespace: location.namespace };
};
