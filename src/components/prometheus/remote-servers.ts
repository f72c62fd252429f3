import { serverAt } from '../../config/server.js';
import type { Authentication } from '../../model/endpoint.js';
import { offer } from '../../model/offer.js';
import type { Party } from '../../model/party.js';
import { referencesIn } from '../../model/secret-file.js';
import type { AwsSetting } from '../aws-role.js';
import { nativeParty } from './native-party.js';
import {
  cloudLogins,
  nativeOf,
  ownReferences,
  type RemoteServer,
  remotePartyOf,
} from './remote.js';

/** The servers of `remoteWrite`, each as an outside party. */
export const remoteWriteReceivers = (
  servers: readonly RemoteServer[],
  aws: AwsSetting,
  jobs: readonly string[] = [],
): Party[] =>
  servers.map((one, index) =>
    partyOf(
      one,
      remotePartyOf(one, 'write', jobs),
      `prometheus.remoteWrite[${index}]`,
      'write',
      aws,
    ),
  );

/** The servers of `remoteRead`, each as an outside party. */
export const remoteReadServers = (servers: readonly RemoteServer[], aws: AwsSetting): Party[] =>
  servers.map((one, index) =>
    partyOf(one, remotePartyOf(one, 'read', []), `prometheus.remoteRead[${index}]`, 'read', aws),
  );

const partyOf = (
  one: RemoteServer,
  name: string,
  path: string,
  direction: 'write' | 'read',
  aws: AwsSetting,
): Party => {
  const { pathname, search } = new URL(`${one.url}`);
  const server = serverAt(`${one.url}`);
  const { at, loginAt, proxyAt, unverified } = one;
  const client = nativeOf(one);
  const authentication = authenticationOf(one);
  return nativeParty({
    name,
    declaration: { path, name: one.name === undefined ? 'url' : 'name' },
    endpoint: direction,
    offer: offer(`remote-${direction}`, { path: `${pathname}${search}` }),
    scheme: server.scheme === 'https' ? 'https' : 'http',
    servers: [server],
    client,
    logins: cloudLogins(one, aws),
    ...(at && { at }),
    ...(loginAt && { loginAt }),
    ...(proxyAt && { proxyAt }),
    ...(unverified !== undefined && { unverified }),
    ...(authentication && { authentication }),
  });
};

/** The Secrets with which Prometheus authenticates; a login by option has its own kind. */
const authenticationOf = (one: RemoteServer): Authentication | undefined => {
  const all = [...ownReferences(one), ...referencesIn(nativeOf(one))];
  const [secret, ...others] = all;
  if (one.authentication && others.length === 0) return one.authentication;
  return secret && { kind: 'secret', secret, others };
};
