import { type Connection, connectionsFor } from '../../../model/connection.js';
import type { AlertmanagerConfig } from '../../support/prometheus-file.js';
import { clientOf, different, misled, type Simulation } from './declared.js';
import type { EndpointsFault } from './faults.js';

/** Whether the entries find the declared receivers of alerts, with the declared settings. */
export const alertFaults = (
  entries: readonly AlertmanagerConfig[],
  mine: readonly Connection[],
  simulation: Simulation,
): EndpointsFault[] =>
  connectionsFor(mine, 'alerts').flatMap((connection) => {
    const expected = simulation.expected(connection);
    const index = entries.findIndex((entry) => {
      const found = simulation.targets(entry);
      return expected.every((address) => found.some(({ __address__ }) => __address__ === address));
    });
    const path = `alerting.alertmanagers[${index}]`;
    const { path: prefix } = connection.offer as { path?: string };
    const entry = entries[index];
    if (entry) {
      return [
        ...misled(path, entry, connection, simulation),
        ...different(entry, path, {
          path_prefix: prefix || undefined,
          ...clientOf(connection),
        }),
      ];
    }
    return [
      {
        path: 'alerting.alertmanagers',
        fault: 'alertmanager-not-found',
        message: `No entry finds ${connection.provider.party}, which is declared to receive alerts.`,
        value: `port ${connection.endpoint.port}`,
      },
    ];
  });
