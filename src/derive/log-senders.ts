import { type Connection, connectionsFor } from '../model/connection.js';
import type { Finding } from '../model/finding.js';
import { connectionFinding } from './faults.js';
import type { LocatedParty } from './locate.js';

/** Stores of logs of the stack to which no party sends lines. */
export const storesWithoutLines = (
  parties: readonly LocatedParty[],
  connections: readonly Connection[],
): Finding[] => {
  const sent = connectionsFor(connections, 'logs');
  return parties
    .filter(({ own, endpoints }) => own && offersLogs(endpoints))
    .filter(({ name }) => !sent.some(({ provider }) => provider.party === name))
    .map(({ name }) => {
      const elsewhere = sent.filter(({ consumer }) => consumer.own && consumer.party !== name);
      const senders = elsewhere.map(
        ({ consumer, provider }) => `${consumer.party} sends to ${provider.party}`,
      );
      return connectionFinding({
        fault: 'no-logs',
        place: { path: name },
        message:
          senders.length > 0
            ? `Nothing sends lines to ${name}: ${senders.join(', and ')}.`
            : `Nothing sends lines to ${name}.`,
        ...(senders.length > 0 && {
          remedy: `Remove the store of ${elsewhere.map(({ consumer }) => consumer.party).join(' and ')}, so that it sends to ${name}, or do not deploy ${name}.`,
        }),
      });
    });
};

const offersLogs = (endpoints: LocatedParty['endpoints']): boolean =>
  Object.values(endpoints).some(({ offers }) =>
    offers.some(({ capability }) => capability === 'logs'),
  );
