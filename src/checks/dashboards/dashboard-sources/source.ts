import type { CheckInput } from '../../../model/check.js';
import { type Connection, connectionsFor } from '../../../model/connection.js';
import { logqlUid, promqlUid } from '../../../model/data-source.js';
import { filesOfKind } from '../../support/file.js';
import { listOf } from '../../support/untyped.js';

/** A provisioned data source of Grafana. */
export interface ProvisionedSource {
  readonly uid: string;
  readonly name: string;
  readonly type: string;
}

/** The data sources in the shipped provisioning files, and those that an outside Grafana consumes. */
export const provisionedSources = (input: CheckInput): ProvisionedSource[] => [
  ...filesOfKind(input, 'grafana-data-sources')
    .flatMap(({ value }) => listOf(value.datasources))
    .map(({ uid, name, type }) => ({ uid: `${uid}`, name: `${name}`, type: `${type}` })),
  ...input.labelled.flatMap(({ party }) => sourcesOf(party, input.connections)),
];

/** The data sources that a party needs for its connections. */
const sourcesOf = (party: string, connections: readonly Connection[]): ProvisionedSource[] => {
  const own = connections.filter(({ consumer }) => consumer.party === party);
  return [
    ...connectionsFor(own, 'promql').map(() => ({
      uid: promqlUid,
      name: promqlUid,
      type: 'prometheus',
    })),
    ...connectionsFor(own, 'logql').map(() => ({ uid: logqlUid, name: logqlUid, type: 'loki' })),
    ...connectionsFor(own, 'datasource').map(({ provider, offer }) => ({
      uid: offer.uid ?? provider.party,
      name: offer.uid ?? provider.party,
      type: `${offer.variant}`,
    })),
  ];
};
