import type { Document } from './document.js';
import { isIn, type Objects } from './object.js';

/**
 * An object with the texts of certificate authorities in place of references to ConfigMaps of `applications/`:
 * Prometheus mounts only Secrets, and a certificate of an authority is not secret. A reference to another ConfigMap
 * stays, and its field is rejected.
 */
export const withCertificates = (document: Document, { configMaps }: Objects): Document => {
  const { metadata, application, value } = document;
  const textOf = (reference: unknown): string | undefined => {
    const { name, key } = Object(reference);
    const text = configMaps.find(
      (one) => one.name === name && isIn(one, metadata.namespace ?? 'default', application),
    )?.data[`${key}`];
    return text?.includes(certificate) ? text : undefined;
  };
  const replaced = (part: unknown): unknown => {
    if (Array.isArray(part)) return part.map(replaced);
    if (typeof part !== 'object' || part === null) return part;
    return Object.fromEntries(
      Object.entries(part).map(([name, one]) => {
        const { ca, ...rest } = Object(name === 'tlsConfig' ? one : undefined);
        const text = textOf(Object(ca).configMap);
        return [name, text === undefined ? replaced(one) : { ...rest, ca: text }];
      }),
    );
  };
  return { ...document, value: replaced(value) as Document['value'] };
};

/** The start of a certificate in a text. */
export const certificate = '-----BEGIN CERTIFICATE-----';
