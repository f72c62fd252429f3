import { z } from 'zod';
import { dnsLabel, secretReference, url } from '../../config/fields.js';
import { internet, portOf } from '../../config/internet.js';
import { place } from '../../config/place.js';
import { placed, serverAt } from '../../config/server.js';
import { offer } from '../../model/offer.js';
import type { Party } from '../../model/party.js';

/** The option for a remote write receiver. */
export const remoteWrite = z
  .strictObject({
    name: dnsLabel,
    url,
    /** @default - none */
    authentication: z
      .discriminatedUnion('kind', [
        z.strictObject({ kind: z.literal('bearer'), token: secretReference }),
        z.strictObject({
          kind: z.literal('basic'),
          username: z.string().min(1),
          password: secretReference,
        }),
      ])
      .optional(),
    /** Location of the receiver. @default - any address outside private ranges, listed as open */
    at: place.optional(),
  })
  .superRefine(({ at, url }, context) => placed('at', at, [serverAt(url)], context));

/** The remote write receivers, each as an outside party. */
export const remoteWriteReceivers = (receivers: readonly z.output<typeof remoteWrite>[]): Party[] =>
  receivers.map((receiver, index): Party => {
    const { protocol, hostname, pathname, search } = new URL(receiver.url);
    return {
      name: receiver.name,
      declaration: { path: `prometheus.remoteWrite[${index}]` },
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
