import type { DeclaredPrerequisite } from '../../model/prerequisite.js';
import { secretFor } from '../database-server.js';
import { passwordKeyOf, type RedisServer, verificationOf } from './server.js';

/** The Secrets that a server requires. */
export const prerequisitesOf = (one: RedisServer): DeclaredPrerequisite[] => {
  const { name, host, password } = one;
  const tls = verificationOf(one);
  const purpose = `lets redis-exporter reach redis-${name}`;
  return [
    ...secretFor(password, `JSON: {"${passwordKeyOf(one)}": "the password"}`, purpose),
    ...secretFor(
      tls?.certificateAuthority,
      `certificate authority of ${host}`,
      `used to verify ${host}`,
    ),
    ...secretFor(tls?.client?.certificate, 'certificate of the exporter', purpose),
    ...secretFor(tls?.client?.key, 'key of this certificate', purpose),
  ];
};
