import type { LocatedParty } from '../../derive/locate.js';
import { type Connection, connectionsFor } from '../../model/connection.js';
import { objectName, serviceHost } from '../../model/identity.js';
import { isRelay } from '../../model/relay.js';
import { code, distinct, listed, table } from './markdown.js';

/** URLs of the web interfaces, and the endpoints for the spans of applications. */
export const addresses = (
  stack: string,
  parties: readonly LocatedParty[],
  connections: readonly Connection[],
): string[] => {
  const relays = parties.filter((one) => isRelay(one, 'traces')).map(({ name }) => name);
  const sending = connectionsFor(connections, 'traces').map(({ consumer, provider }) => ({
    from: consumer.party,
    to: provider.party,
  }));
  const senders = distinct(sending.flatMap(({ from }) => (relays.includes(from) ? [] : [from])));
  const behind = sending.flatMap(({ from, to }) => (relays.includes(from) ? [to] : []));
  const servers = parties.filter(
    (one) => one.own && !behind.includes(one.name) && spanEndpoints(stack, one).length > 0,
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
        ...servers.map((one) => [
          'spans (OTLP)',
          `${spanEndpoints(stack, one).join(' or ')}, from ${senders.length > 0 ? listed(senders) : '**no application**'}`,
        ]),
      ],
    ),
    ...(senders.length > 0
      ? []
      : servers.map(
          ({ name }) =>
            `**No application can send spans, so ${title(name)} stays empty.** Set \`traces: true\` in the \`application({ … })\` of each application that sends spans.`,
        )),
  ];
};

const protocols: Readonly<Record<string, string>> = { grpc: 'gRPC', http: 'HTTP' };

/** Each endpoint that receives spans, as text. */
const spanEndpoints = (stack: string, party: LocatedParty): string[] =>
  Object.values(party.endpoints).flatMap(({ port, offers, workload }) =>
    offers.flatMap(({ capability, variant = '' }) =>
      capability === 'traces'
        ? [
            `${code(`${serviceHost(serviceOf(stack, party, workload))}:${port}`)} (${protocols[variant] ?? variant})`,
          ]
        : [],
    ),
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

const title = (name: string): string => name.charAt(0).toUpperCase() + name.slice(1);
