import type { Environment } from '../config/environment.js';
import { offer } from '../model/offer.js';
import type { Party } from '../model/party.js';
import { internet, portOf } from './internet.js';

/** The receivers of remote write, each an outside party. */
export const remoteWriteReceivers = ({ prometheus }: Environment): Party[] =>
  prometheus.remoteWrite.map((receiver): Party => {
    const { protocol, hostname, pathname, search } = new URL(receiver.url);
    return {
      name: receiver.name,
      workloads: { [receiver.name]: receiver.at ?? internet },
      endpoints: {
        write: {
          port: portOf(receiver.url),
          scheme: protocol === 'https:' ? 'https' : 'http',
          host: hostname,
          ...(receiver.authentication && { authentication: receiver.authentication }),
          verification: { kind: 'public-ca' },
          offers: [offer('remote-write', { path: `${pathname}${search}` })],
        },
      },
      consumes: [],
    };
  });
