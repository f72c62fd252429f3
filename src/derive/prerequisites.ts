import { authenticationOf, type Connection } from '../model/connection.js';
import { secretsOf } from '../model/endpoint.js';
import type { StackNames } from '../model/identity.js';
import type { Location } from '../model/location.js';
import { secretsOfOffer } from '../model/offer.js';
import type {
  Prerequisite,
  Rotation,
  SecretReader,
  SecretReference,
} from '../model/prerequisite.js';
import { type LocatedParty, ownNamespaces } from './locate.js';
import { outsideGrafanas } from './outside-grafana.js';

/** Objects that the environment itself requires. */
export interface EnvironmentNeeds {
  readonly names: StackNames;
  readonly storageClass?: string;
  readonly pullSecrets: readonly string[];
  readonly priorityClass: (component: string) => string | undefined;
  /** OpenShift's constraints for the pods of each namespace. @default - none */
  readonly securityConstraints?: { readonly stack: string; readonly nodeAgents: string };
}

/** All objects that must exist in the cluster before the stack is applied. */
export const prerequisitesOf = (
  parties: readonly LocatedParty[],
  connections: readonly Connection[],
  { names, storageClass, pullSecrets, priorityClass, securityConstraints }: EnvironmentNeeds,
): Prerequisite[] => {
  const { namespaces } = names;
  const declared = parties.flatMap((party) =>
    (party.prerequisites ?? []).map(
      ({ in: place, rotation = restart, ...rest }): Prerequisite => ({
        ...rest,
        ...(place && { namespace: namespaces[place] }),
        ...(rest.kind === 'Secret' && {
          readers: [
            {
              party: party.name,
              purpose: rest.purpose,
              keys: Object.keys(rest.keys ?? {}),
              rotation,
            },
          ],
        }),
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
        purpose: 'contains pods that the stack connects to',
      }),
    ),
    ...outsideGrafanas(parties, names)
      .filter(({ namespace }) => !own.includes(namespace) && !alwaysThere.includes(namespace))
      .map(
        ({ party, namespace }): Prerequisite => ({
          kind: 'Namespace',
          name: namespace,
          purpose: `contains the dashboards for ${party}`,
        }),
      ),
    ...(storageClass
      ? [{ kind: 'StorageClass' as const, name: storageClass, purpose: 'used by all volumes' }]
      : []),
    ...priorityClasses(parties, priorityClass),
    ...Object.entries(securityConstraints ?? {})
      .map(([place, name]) => ({ name, namespace: namespaces[place as keyof typeof namespaces] }))
      .filter(({ namespace }) => own.includes(namespace))
      .map(
        (one): Prerequisite => ({
          ...one,
          kind: 'SecurityContextConstraints',
          purpose: 'allows the users of the images, and what the node agents read',
        }),
      ),
    ...pullSecrets.flatMap((name) =>
      own.map(
        (namespace): Prerequisite => ({
          kind: 'Secret',
          name,
          namespace,
          type: 'kubernetes.io/dockerconfigjson',
          keys: { '.dockerconfigjson': 'registry credentials' },
          purpose: 'used to pull the images',
          readers: [
            {
              party: 'kubelet',
              purpose: 'used to pull the images',
              keys: ['.dockerconfigjson'],
              rotation: { kind: 'reread', when: 'at the next pull' },
            },
          ],
        }),
      ),
    ),
    ...connections.flatMap((one) => secretsFor(one, rotationOf(parties, one))),
    ...declared,
  ]);
};

const priorityClasses = (
  parties: readonly LocatedParty[],
  classOf: EnvironmentNeeds['priorityClass'],
): Prerequisite[] => {
  const components = parties.filter(({ own }) => own).map(({ name }) => name);
  const names = [...new Set(components.flatMap((component) => classOf(component) ?? []))];
  return names.map((name): Prerequisite => {
    const users = components.filter((component) => classOf(component) === name);
    return {
      kind: 'PriorityClass',
      name,
      purpose:
        users.length === components.length
          ? 'used by all pods'
          : `used by the pods of ${users.join(', ')}`,
    };
  });
};

/** The namespace of the pods or the Service of a location. */
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

const restart: Rotation = { kind: 'restart' };

/** What another value of a Secret of a connection does to its consumer. */
const rotationOf =
  (parties: readonly LocatedParty[], { consumer }: Connection) =>
  ({ secret, key }: SecretReference): Rotation => {
    const { rereads } = parties.find(({ name }) => name === consumer.party) ?? {};
    const isExcepted = rereads?.except.some((one) => one.secret === secret && one.key === key);
    return rereads && !isExcepted ? { kind: 'reread' } : restart;
  };

const secretsFor = (
  connection: Connection,
  rotation: (reference: SecretReference) => Rotation,
): Prerequisite[] => {
  const { consumer, provider } = connection;
  const authentication = authenticationOf(connection);
  if (!consumer.own || consumer.location.kind !== 'pods') return [];
  const { namespace } = consumer.location;
  const purpose = `lets ${consumer.party} reach ${provider.party}`;
  const needed =
    (value: string) =>
    ({ secret, key }: SecretReference): Prerequisite => ({
      kind: 'Secret',
      name: secret,
      namespace,
      keys: { [key]: value },
      purpose,
      readers: [
        { party: consumer.party, purpose, keys: [key], rotation: rotation({ secret, key }) },
      ],
    });
  return [
    ...(!authentication || authentication.kind === 'token'
      ? []
      : secretsOf(authentication).map(needed(holdings(provider.party)[authentication.kind]))),
    ...secretsOfOffer(connection.offer).map(needed(holdings(provider.party).secret)),
  ];
};

/** Merges entries of the same object, with all required keys. */
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
  ...(one.kind === 'Secret' && {
    readers: mergeReaders([...(one.readers ?? []), ...(other.readers ?? [])]),
  }),
});

/** One entry for each party, purpose and rotation, with all the keys that it reads. */
const mergeReaders = (all: readonly SecretReader[]): SecretReader[] => {
  const merged = new Map<string, SecretReader>();
  for (const one of all) {
    const title = JSON.stringify([one.party, one.purpose, one.rotation]);
    const keys = [...(merged.get(title)?.keys ?? []), ...one.keys];
    merged.set(title, { ...one, keys: [...new Set(keys)] });
  }
  return [...merged.values()];
};
