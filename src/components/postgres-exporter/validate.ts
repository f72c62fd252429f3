import { isUnverifiable, uniqueNames } from '../database-server.js';
import type { Report, Unvalidated } from '../definition.js';
import { verifiableText } from './server.js';

/** Each server has its own name, a credential, and a certificate that can be verified. */
export const validate = (options: Unvalidated, report: Report): void => {
  uniqueNames(options, report);
  const { servers } = options;
  for (const [index, one] of (Array.isArray(servers) ? servers : []).entries()) {
    if (typeof one !== 'object' || one === null) continue;
    const { tls = { kind: 'verify-full' }, host } = one;
    if (isUnverifiable({ host: `${host}`, tls: Object(tls) })) {
      report(['servers', index, 'tls'], verifiableText(`${one.name}`));
    }
    if (one.password !== undefined || one.tls?.client !== undefined) continue;
    report(
      ['servers', index, 'password'],
      `a reference to the password, such as { secret: '${one.name}', key: 'password' }, unless tls.client has a certificate`,
    );
  }
};
