import type { ReadmeFacts } from '../../model/party.js';
import { plainSections } from '../database-server.js';
import type { RedisServer } from './server.js';

/** The Redis permissions of an exporter. */
export const exporterRights =
  '-@all +client|setname +info +config|get +slowlog|get +slowlog|len +latency|latest +cluster|info';

/** The permissions that the users of the exporters need in their servers, and the connections without TLS. */
export const readmeFacts = (servers: readonly RedisServer[]): ReadmeFacts => {
  const users = servers.flatMap(({ name, user }) =>
    user === undefined ? [] : [`# ${name}\nACL SETUSER ${user} on >PASSWORD ${exporterRights}`],
  );
  const sections = [
    ...(users.length === 0
      ? []
      : [
          `## Users of redis-exporter\nEach exporter with a user needs these permissions in its Redis server, and no others:\n\n\`\`\`\n${users.join('\n')}\n\`\`\``,
        ]),
    ...plainSections('Redis', servers),
  ];
  return sections.length === 0 ? {} : { sections };
};
