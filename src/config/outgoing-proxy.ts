import { z } from 'zod';
import { objectName, secretReference, url } from './fields.js';
import { place } from './place.js';

/** Certificate authorities in a key of a Secret or of a ConfigMap. */
export const certificateAuthority = z.union(
  [secretReference, z.strictObject({ configMap: objectName, key: secretReference.shape.key })],
  { error: 'an object with secret and key, or with configMap and key' },
);

/** The proxy of all requests of an environment to the internet. */
export const outgoingProxy = z.strictObject({
  /** The URL of the proxy. */
  url,
  /** Where the proxy is. */
  at: place,
  /** Certificate authorities of the proxy, or of servers behind it, in PEM. @default - only public ones */
  certificateAuthority: certificateAuthority.optional(),
});

/** A validated proxy. */
export type OutgoingProxy = z.output<typeof outgoingProxy>;
