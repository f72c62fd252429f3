import type { SecretReference } from '../model/prerequisite.js';
import { isReference } from '../model/secret-file.js';
import { serverFields, slackApp } from '../schema/alertmanager/address.js';
import { integrations } from '../schema/alertmanager/engine.js';
import { type Server, serverAt } from './server.js';

/** A server that Alertmanager connects to for a receiver. */
export interface Contact {
  readonly server: Server;
  /** A server of the integration, its token server, or the proxy through which it is reached. */
  readonly role: 'server' | 'login' | 'proxy';
  /** The Secret with its URL. @default - the host is known */
  readonly secret?: SecretReference;
  /** Whether its certificate is not verified. */
  readonly unverified: boolean;
  /** Whether mail is sent to it without TLS. */
  readonly plain: boolean;
}

type Fields = Readonly<Record<string, unknown>>;

/** The servers of the integrations of a receiver; `proxy` is the URL of the common proxy. */
export const contactsOf = (receiver: unknown, global: unknown, proxy?: string): Contact[] => {
  const all = fieldsOf(global);
  const found = Object.entries(fieldsOf(receiver))
    .filter(([name]) => integrations.includes(name))
    .flatMap(([name, list]) =>
      listOf(list).flatMap((one) =>
        name === 'email_configs' ? mailOf(one, all) : byHttp(name, one, all, proxy),
      ),
    );
  return [...new Map(found.map((one) => [JSON.stringify(one), one])).values()];
};

const mailOf = (mail: Fields, global: Fields): Contact[] => {
  const address = mail.smarthost ?? global.smtp_smarthost;
  if (typeof address !== 'string') return [];
  const server = serverAt(address);
  // https://github.com/prometheus/alertmanager/blob/v0.34.0/notify/email/email.go
  const implicit = mail.force_implicit_tls ?? global.smtp_force_implicit_tls ?? server.port === 465;
  const tls = fieldsOf(mail.tls_config ?? global.smtp_tls_config);
  return [
    {
      server,
      role: 'server',
      unverified: tls.insecure_skip_verify === true,
      plain: !implicit && (mail.require_tls ?? global.smtp_require_tls) === false,
    },
  ];
};

const byHttp = (name: string, fields: Fields, global: Fields, proxy?: string): Contact[] => {
  const common = fieldsOf(global.http_config);
  const own = fields.http_config === undefined ? common : fieldsOf(fields.http_config);
  // Only this integration inherits the proxy in its own settings.
  const inherited = name === 'msteamsv2_configs' ? common.proxy_url : undefined;
  const through = own.proxy_url ?? inherited ?? proxy;
  const direct: Contact = {
    ...serverIn(name, fields, global),
    role: 'server',
    unverified: skipsVerification(own),
    plain: false,
  };
  const login = fieldsOf(own.oauth2);
  const loginProxy = login.proxy_url ?? proxy;
  return [
    ...(through === undefined || own.no_proxy !== undefined ? [direct] : []),
    ...proxyAt(through),
    ...(typeof login.token_url === 'string' && loginProxy === undefined
      ? [contactAt(login.token_url, 'login')]
      : []),
    ...(own.oauth2 === undefined ? [] : proxyAt(loginProxy)),
  ];
};

const serverIn = (
  name: string,
  fields: Fields,
  global: Fields,
): Pick<Contact, 'server' | 'secret'> => {
  const { authorization } = fieldsOf(fields.http_config);
  const hasToken =
    fields.app_token !== undefined ||
    (fields.api_url === undefined && authorization === undefined && global.slack_app_token);
  const {
    field = '',
    global: other = '',
    fallback,
  } = (name === 'slack_configs' && hasToken ? slackApp : serverFields[name]) ?? {};
  const address = fields[field] ?? global[other] ?? fallback;
  if (typeof address === 'string') return { server: serverAt(address) };
  return {
    server: { scheme: 'https', port: 443 },
    ...(isReference(address) && { secret: address }),
  };
};

const skipsVerification = (client: Fields): boolean =>
  fieldsOf(client.tls_config).insecure_skip_verify === true;

const contactAt = (url: string, role: Contact['role']): Contact => ({
  server: serverAt(url),
  role,
  unverified: false,
  plain: false,
});

const proxyAt = (url: unknown): Contact[] =>
  typeof url === 'string' ? [contactAt(url, 'proxy')] : [];

const listOf = (value: unknown): Fields[] => (Array.isArray(value) ? value.map(fieldsOf) : []);

const fieldsOf = (value: unknown): Fields =>
  typeof value === 'object' && value !== null ? (value as Fields) : {};
