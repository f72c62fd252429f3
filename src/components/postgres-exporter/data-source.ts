import { secretPath } from '../../model/identity.js';
import { authorityOf, clientOf, type PostgresServer } from './server.js';

/**
 * The environment variables with which an exporter finds its server. The password is a file.
 * https://github.com/prometheus-community/postgres_exporter/blob/v0.20.1/exporter/datasource.go
 */
export const dataSource = (one: PostgresServer): Record<string, string> => ({
  DATA_SOURCE_URI: addressOf(one),
  DATA_SOURCE_USER: one.user,
  ...(one.password && { DATA_SOURCE_PASS_FILE: secretPath(one.password) }),
});

/**
 * The address of a server, without credentials. The parameters are those of the driver:
 * https://pkg.go.dev/github.com/lib/pq@v1.10.9#hdr-Connection_String_Parameters
 */
const addressOf = (one: PostgresServer): string => {
  const authority = authorityOf(one);
  const client = clientOf(one);
  const parameters = {
    sslmode: one.tls.kind === 'plain' ? 'disable' : 'verify-full',
    ...(authority && { sslrootcert: secretPath(authority) }),
    ...(client && {
      sslcert: secretPath(client.certificate),
      sslkey: secretPath(client.key),
    }),
    // In seconds. The exporter must report pg_up 0 before the scrape times out, by default after 10 s.
    connect_timeout: '3',
    // In milliseconds. All collectors have one connection: a table that somebody has locked must not hold
    // up those about sessions and locks.
    lock_timeout: '1000',
    application_name: 'postgres_exporter',
  };
  const query = Object.entries(parameters).map(([name, value]) => `${name}=${value}`);
  return `${one.host}:${one.port}/${one.database}?${query.join('&')}`;
};
