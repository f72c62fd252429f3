import type { ReadmeFacts } from '../../model/party.js';
import { plainSections } from '../database-server.js';
import { clientOf, type PostgresServer } from './server.js';

/** The statements that create the user of an exporter. */
export const userOf = ({ user, database }: Pick<PostgresServer, 'user' | 'database'>): string[] => [
  `CREATE ROLE "${user}" LOGIN CONNECTION LIMIT 5;`,
  `GRANT pg_monitor TO "${user}";`,
  `GRANT CONNECT ON DATABASE "${database}" TO "${user}";`,
];

/** How the users log in. */
const loginOf = (servers: readonly PostgresServer[]): string => {
  const open = servers.filter((one) => !one.password && !clientOf(one)).map(({ name }) => name);
  const usual =
    'Its password is the one in the Secret (`\\password USER` in psql); with a client certificate, `pg_hba.conf` has the method `cert`.';
  const without = `The exporter has no password for ${open.join(', ')}: \`pg_hba.conf\` must have the method \`trust\` there.`;
  if (open.length === 0) return usual;
  return open.length === servers.length ? without : `${usual} ${without}`;
};

/** The permissions of the users of the exporters, and the connections without TLS. */
export const readmeFacts = (servers: readonly PostgresServer[]): ReadmeFacts => {
  if (servers.length === 0) return {};
  const users = servers.map((one) => `-- ${one.name}\n${userOf(one).join('\n')}`);
  return {
    sections: [
      `## Users of postgres-exporter\nEach exporter needs a user with these permissions in its PostgreSQL server, and no others. ${loginOf(servers)} Create the user on the primary: replicas get it from there.\n\n\`\`\`sql\n${users.join('\n')}\n\`\`\``,
      ...plainSections('PostgreSQL', servers),
    ],
  };
};
