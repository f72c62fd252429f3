import { z } from 'zod';
import { serverFields } from '../schema/alertmanager/address.js';
import { integrations } from '../schema/alertmanager/engine.js';
import { alertmanagerType, type RawReceiver } from '../schema/alertmanager/type.js';
import { secretReference } from './fields.js';
import { type Server, serverAt } from './server.js';

/** A receiver in native Alertmanager configuration; loaded only if used, since the schema is large. */
export const rawReceiver: z.ZodType<RawReceiver, RawReceiver> = z.lazy(() => {
  const type = alertmanagerType(secretReference, {
    'config.Receiver': { refused: { name: 'nothing: set name next to config' } },
  });
  return (type('config.Receiver') as z.ZodType<RawReceiver, RawReceiver>).refine(
    (config) => integrationsIn(config).length > 0,
    {
      error: 'an object with an integration, such as { telegram_configs: [{ … }] }',
      // A misspelt integration already has a finding.
      when: ({ issues }) => issues.length === 0,
    },
  );
});

/** The servers that a receiver in native Alertmanager configuration connects to; `port` is that of a URL in a Secret. */
export const serversIn = (config: RawReceiver, port: number): readonly Server[] =>
  distinct(
    integrationsIn(config).map(({ name, fields }) => {
      const { field = '', fallback, with: token } = serverFields[name] ?? {};
      const known = token === undefined || fields[token] !== undefined;
      const address = known ? (fields[field] ?? fallback) : fields.api_url;
      // With a reference to a Secret, only the port is known.
      return typeof address === 'string' ? serverAt(address) : { scheme: 'https', port };
    }),
  );

/** The servers where it logs in. */
export const loginsIn = (config: RawReceiver): readonly Server[] =>
  distinct(
    integrationsIn(config).flatMap(({ fields: { http_config } }) => {
      const { oauth2 } = (http_config ?? {}) as { oauth2?: { token_url: string } };
      return oauth2 ? [serverAt(oauth2.token_url)] : [];
    }),
  );

const integrationsIn = (config: RawReceiver) =>
  Object.entries(config)
    .filter(([name]) => integrations.includes(name))
    .flatMap(([name, list]) =>
      ((list ?? []) as readonly Readonly<Record<string, unknown>>[]).map((fields) => ({
        name,
        fields,
      })),
    );

const distinct = (servers: readonly Server[]): Server[] => [
  ...new Map(servers.map((one) => [JSON.stringify(one), one])).values(),
];
