import type { DeclaredPrerequisite } from '../../model/prerequisite.js';
import { secretFor } from '../database-server.js';
import { authorityOf, clientOf, type PostgresServer } from './server.js';

/** The Secrets that a server requires. */
export const prerequisitesOf = (one: PostgresServer): DeclaredPrerequisite[] => {
  const { name, host, user, password } = one;
  const purpose = `lets postgres-exporter reach postgres-${name}`;
  return [
    ...secretFor(password, `password of the user ${user}`, purpose),
    ...secretFor(authorityOf(one), `certificate authority of ${host}`, `used to verify ${host}`),
    ...secretFor(clientOf(one)?.certificate, 'certificate of the exporter', purpose),
    ...secretFor(clientOf(one)?.key, 'key of this certificate', purpose),
  ];
};
