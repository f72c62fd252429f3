import { z } from 'zod';
import { askedBy, integrationsOf } from '../schema/integration.js';
import { secretField } from './fields.js';
import { type Server, serverAt } from './server.js';

/** A receiver in Alertmanager's own words: read where there is one, for it is large. */
export const rawReceiver = z.lazy(() =>
  z
    .strictObject(integrationsOf(secretField, { send_resolved: z.boolean().optional() }))
    .refine((config) => Object.values(config).some((one) => one !== undefined), {
      error: 'an object with an integration, such as { telegram_configs: [{ … }] }',
      // One whose name is misspelt is told of already.
      when: ({ issues }) => issues.length === 0,
    }),
);

type Config = z.output<typeof rawReceiver>;

/** The servers that a receiver in Alertmanager's own words asks; `port` is that of a URL in a Secret. */
export const serversIn = (config: Config, port: number): readonly Server[] =>
  distinct(
    integrationsIn(config).map(({ name, fields }) => {
      const { field = '', otherwise, with: token } = askedBy[name] ?? {};
      const known = token === undefined || fields[token] !== undefined;
      const address = known ? ((fields[field] as string | undefined) ?? otherwise) : undefined;
      return address === undefined ? { scheme: 'https', port } : serverAt(address);
    }),
  );

/** The servers at which it logs in. */
export const loginsIn = (config: Config): readonly Server[] =>
  distinct(
    integrationsIn(config).flatMap(({ fields: { http_config } }) => {
      const { oauth2 } = (http_config ?? {}) as { oauth2?: { token_url: string } };
      return oauth2 ? [serverAt(oauth2.token_url)] : [];
    }),
  );

const integrationsIn = (config: Config) =>
  Object.entries(config).flatMap(([name, list]) =>
    ((list ?? []) as readonly Readonly<Record<string, unknown>>[]).map((fields) => ({
      name,
      fields,
    })),
  );

const distinct = (servers: readonly Server[]): Server[] => [
  ...new Map(servers.map((one) => [JSON.stringify(one), one])).values(),
];
