import { z } from 'zod';
import { askedBy, integrationsOf } from '../schema/integration.js';
import { secretField } from './fields.js';

/** A receiver in Alertmanager's own words: read where there is one, for it is large. */
export const rawReceiver = z.lazy(() =>
  z
    .strictObject(integrationsOf(secretField, { send_resolved: z.boolean().optional() }))
    .refine((config) => Object.values(config).some((one) => one !== undefined), {
      error: 'an object with an integration, such as { telegram_configs: [{ … }] }',
    }),
);

/** A server that a receiver asks. */
export interface Asked {
  readonly scheme: 'http' | 'https' | 'tcp';
  /** @default - it stands in a Secret */
  readonly host?: string;
  readonly port: number;
}

/** The servers that a receiver in Alertmanager's own words asks; `port` is that of a URL in a Secret. */
export const askedIn = (config: z.output<typeof rawReceiver>, port: number): readonly Asked[] => {
  const all = Object.entries(config).flatMap(([name, list]) =>
    (list as readonly Fields[]).flatMap((one) => serversOf(name, one, port)),
  );
  return [...new Map(all.map((one) => [JSON.stringify(one), one])).values()];
};

type Fields = Readonly<Record<string, unknown>>;

const serversOf = (integration: string, fields: Fields, port: number): Asked[] => {
  const { field = '', otherwise, with: token } = askedBy[integration] ?? {};
  const known = token === undefined || fields[token] !== undefined;
  const address = known ? ((fields[field] as string | undefined) ?? otherwise) : undefined;
  const { oauth2 } = (fields.http_config ?? {}) as { oauth2?: { token_url: string } };
  return [
    address === undefined ? { scheme: 'https', port } : serverAt(address),
    ...(oauth2 ? [serverAt(oauth2.token_url)] : []),
  ];
};

/** The server of a URL, or of a mail server's host and port. */
export const serverAt = (address: string): Asked => {
  const [, mailHost, mailPort] = /^([^:/]+):(\d+)$/.exec(address) ?? [];
  if (mailHost !== undefined) return { scheme: 'tcp', host: mailHost, port: Number(mailPort) };
  const { protocol, hostname, port } = new URL(address);
  const scheme = protocol === 'https:' ? 'https' : 'http';
  return { scheme, host: hostname, port: Number(port) || (scheme === 'https' ? 443 : 80) };
};
