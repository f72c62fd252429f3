import { isUnverifiable, uniqueNames } from '../database-server.js';
import type { Report, Unvalidated } from '../definition.js';
import { protectedText, sendsOpenPassword } from './server.js';

const verifiableText =
  "an object with certificateAuthority, such as { certificateAuthority: { secret: 'sessions', key: 'ca.crt' } }: no public certificate authority issues a certificate for the name of a Service";

/** Each server has its own name, a password that is protected, and a certificate that can be verified. */
export const validate = (options: Unvalidated, report: Report): void => {
  uniqueNames(options, report);
  const { servers } = options;
  for (const [index, one] of (Array.isArray(servers) ? servers : []).entries()) {
    if (typeof one !== 'object' || one === null) continue;
    const { host, password, tls } = one;
    if (sendsOpenPassword({ password, tls })) report(['servers', index, 'tls'], protectedText);
    if (isUnverifiable({ host: `${host}`, tls })) {
      report(['servers', index, 'tls'], verifiableText);
    }
  }
};
