import { type Connection, connectionsFor } from '../../model/connection.js';
import { replicaOf } from '../../model/offer.js';

/** The fact that an environment has a load test whose results Prometheus receives. */
export const loadTestFact = 'configured:load-tests';

/** The fact that a data source for one replica of Prometheus has the results. */
export const replicaFact = 'configured:load-tests-replica';

/** The connections to a data source for the replica of Prometheus that receives the results, if it is only one of several. */
export const replicaSources = (connections: readonly Connection[]): Connection[] => {
  const [receiver] = connectionsFor(connections, 'results');
  const replica = receiver && replicaOf(receiver.offer);
  if (replica === undefined) return [];
  return connectionsFor(connections, 'datasource').filter(
    ({ provider, offer }) =>
      provider.party === receiver!.provider.party && replicaOf(offer) === replica,
  );
};
