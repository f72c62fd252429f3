import { authenticationOf, type Connection } from '../model/connection.js';
import { secretsOf } from '../model/endpoint.js';
import type { StackNames } from '../model/identity.js';
import type { Location } from '../model/location.js';
import type { Prerequisite } from '../model/prerequisite.js';
import { type LocatedParty, ownNamespaces } from './locate.js';

/** What the environment itself relies on. */
export interface EnvironmentNeeds {
  readonly names: StackNames;
  readonly storageClass?: string;
  readonly pullSecrets: readonly string[];
  readonly priorityClass?: string;
}

/** All that must exist in the cluster before the stack is applied. */
export const prerequisitesOf = (
  parties: readonly LocatedParty[],
  connections: readonly Connection[],
  { names, storageClass, pullSecrets, priorityClass }: EnvironmentNeeds,
): Prerequisite[] => {
  const { namespaces } = names;
  const declared = parties.flatMap((party) =>
    (party.prerequisites ?? []).map(
      ({ in: place, ...rest }): Prerequisite => ({
        ...rest,
        ...(place && { namespace: namespaces[place] }),
      }),
    ),
  );
  const own = ownNamespaces(parties);
  const foreign = connections
    .flatMap(({ consumer, provider }) => [consumer, provider])
    .flatMap(({ location }) => namespaceOf(location) ?? [])
    .filter((namespace) => !own.includes(namespace) && !alwaysThere.includes(namespace));
  return merge([
    ...foreign.map(
      (name): Prerequisite => ({
        kind: 'Namespace',
        name,
        purpose: 'holds pods that the stack talks to',
      }),
    ),
    ...(storageClass
      ? [{ kind: 'StorageClass' as const, name: storageClass, purpose: 'of all volumes' }]
      : []),
    ...(priorityClass
      ? [{ kind: 'PriorityClass' as const, name: priorityClass, purpose: 'of all pods' }]
      : []),
    ...pullSecrets.flatMap((name) =>
      own.map(
        (namespace): Prerequisite => ({
          kind: 'Secret',
          name,
          namespace,
          type: 'kubernetes.io/dockerconfigjson',
          keys: { '.dockerconfigjson': 'registry credentials' },
          purpose: 'pulls the images',
        }),
      ),
    ),
    ...connections.flatMap(secretsFor),
    ...declared,
  ]);
};

/** The namespace in which the pods or the Service of a location are found. */
const namespaceOf = (location: Location): string | undefined => {
  if (location.kind === 'pods') return location.namespace;
  return location.kind === 'addresses' ? location.service?.namespace : undefined;
};

const alwaysThere = ['default', 'kube-system', 'kube-public', 'kube-node-lease'];

const holdings = (party: string) => ({
  bearer: 'bearer token',
  basic: 'password',
  secret: `secret of ${party}`,
});

const secretsFor = (connection: Connection): Prerequisite[] => {
  const { consumer, provider } = connection;
  const authentication = authenticationOf(connection);
  if (!consumer.own || consumer.location.kind !== 'pods') return [];
  if (!authentication || authentication.kind === 'token') return [];
  const { namespace } = consumer.location;
  return secretsOf(authentication).map(({ secret, key }) => ({
    kind: 'Secret',
    name: secret,
    namespace,
    keys: { [key]: holdings(provider.party)[authentication.kind] },
    purpose: `lets ${consumer.party} reach ${provider.party}`,
  }));
};

/** One entry for each object, with all the keys that are asked of it. */
const merge = (all: readonly Prerequisite[]): Prerequisite[] => {
  const byTitle = new Map<string, Prerequisite>();
  for (const one of all) {
    const title = [one.kind, one.namespace, one.name].join('/');
    const before = byTitle.get(title);
    byTitle.set(title, before ? both(before, one) : one);
  }
  return [...byTitle.entries()].sort(([a], [b]) => (a < b ? -1 : 1)).map(([, one]) => one);
};

const both = (one: Prerequisite, other: Prerequisite): Prerequisite => ({
  ...one,
  ...((one.keys ?? other.keys) && { keys: { ...one.keys, ...other.keys } }),
  purpose: one.purpose.split('; ').includes(other.purpose)
    ? one.purpose
    : `${one.purpose}; ${other.purpose}`,
});
