import type { DeclaredPrerequisite } from '../../model/prerequisite.js';
import { passwordKeyOf, type RedisServer } from './server.js';

/** The Secrets that a server requires. */
export const prerequisitesOf = (one: RedisServer): DeclaredPrerequisite[] => {
  const { name, host, password, tls } = one;
  const purpose = `lets redis-exporter reach redis-${name}`;
  const secret = (
    reference: { readonly secret: string; readonly key: string } | undefined,
    holds: string,
    reason = purpose,
  ): DeclaredPrerequisite[] =>
    reference
      ? [
          {
            kind: 'Secret',
            name: reference.secret,
            in: 'stack',
            keys: { [reference.key]: holds },
            purpose: reason,
          },
        ]
      : [];
  return [
    ...secret(password, `JSON: {"${passwordKeyOf(one)}": "the password"}`),
    ...secret(
      tls?.certificateAuthority,
      `certificate authority of ${host}`,
      `used to verify ${host}`,
    ),
    ...secret(tls?.client?.certificate, 'certificate of the exporter'),
    ...secret(tls?.client?.key, 'key of this certificate'),
  ];
};
