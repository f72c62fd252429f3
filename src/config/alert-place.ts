import type { z } from 'zod';
import { isLoopback, isOwnPlace, isPrivate } from '../schema/private-host.js';
import { type Contact, contactsOf } from './contact.js';
import { secretReference } from './fields.js';
import { placeText } from './server.js';

type Fields = Readonly<Record<string, unknown>>;
type Path = readonly (string | number)[];

/** A receiver as the options state it, in native configuration. */
interface Stated {
  readonly config: unknown;
  /** The path of its own options; undefined for a receiver in `config`. */
  readonly path?: Path;
  readonly options: Fields;
}

/** The servers of receivers have a place and use TLS; otherwise the options state it. */
export const placeRules = (alerting: Fields, context: z.RefinementCtx): void => {
  const { global, receivers: native } = fieldsOf(alerting.config);
  const proxy = fieldsOf(alerting.proxy).url;
  const stated: Stated[] = [
    ...listOf(alerting.receivers).map((options, index) => ({
      config: nativeOf(options),
      path: ['receivers', index],
      options,
    })),
    ...listOf(native).map((config) => ({ config, options: {} })),
  ];
  const found = stated.flatMap((receiver) =>
    contactsOf(receiver.config, global, typeof proxy === 'string' ? proxy : undefined).map(
      (contact) => ({ receiver, contact }),
    ),
  );
  const contacts = found.map(({ contact }) => contact);
  const declared = listOf(alerting.servers);
  for (const { receiver, contact } of found) place(receiver, contact, declared, context);
  // A proxy may come and go; the servers remain.
  const direct = stated.flatMap(({ config }) => contactsOf(config, global));
  // A receiver of another type has its own finding.
  const complete = stated.every(({ config }) => config === undefined || Object(config) === config);
  if (complete) unused(declared, [...contacts, ...direct], context);
  exception(
    'plainSmtp',
    alerting,
    contacts.filter(({ plain }) => plain),
    context,
  );
  exception(
    'unverified',
    alerting,
    contacts.filter(({ unverified }) => unverified),
    context,
  );
};

/** The part of a typed receiver that says where its server is. */
const nativeOf = ({ kind, config, smtp }: Fields): unknown => {
  if (kind !== 'email') return kind === 'raw' ? config : undefined;
  const { host, port = 587, requireTls } = fieldsOf(smtp);
  if (typeof host !== 'string') return undefined;
  return { email_configs: [{ smarthost: `${host}:${port}`, require_tls: requireTls }] };
};

const place = (
  { path, options }: Stated,
  { server: { host }, role }: Contact,
  declared: readonly Fields[],
  { addIssue }: z.RefinementCtx,
): void => {
  const option = role === 'login' ? 'loginAt' : 'at';
  if (host === undefined || !isPrivate(host) || options[option] !== undefined) return;
  if (isOwnPlace(host)) return;
  if (declared.some((one) => one.host === host) || role === 'proxy') return;
  const where = placeText(host);
  addIssue({
    code: 'custom',
    path: path ? [...path, option] : ['servers'],
    message:
      path || isLoopback(host)
        ? where
        : `a list with { host: '${host}', at: … }, in which at is ${where}`,
    input: undefined,
  });
};

const unused = (
  declared: readonly Fields[],
  contacts: readonly Contact[],
  { addIssue }: z.RefinementCtx,
): void => {
  const hosts = [...new Set(contacts.flatMap(({ server }) => server.host ?? []))];
  const secrets = contacts.flatMap(({ secret }) => secret ?? []);
  for (const [index, { host, url }] of declared.entries()) {
    if (typeof host === 'string' && !hosts.includes(host)) {
      const issue = { path: ['servers', index, 'host'], input: host };
      const none = 'nothing: no receiver connects to it';
      if (hosts.length > 0) addIssue({ code: 'invalid_value', values: hosts, ...issue });
      else addIssue({ code: 'custom', message: none, ...issue });
    }
    const { success, data } = secretReference.safeParse(url);
    if (success && !secrets.some(({ secret, key }) => secret === data.secret && key === data.key)) {
      const message = 'the Secret with the URL of a receiver';
      addIssue({ code: 'custom', path: ['servers', index, 'url'], message, input: url });
    }
  }
};

const reasons = {
  plainSmtp: {
    what: (host: string) => `the reason why mail is sent to ${host} without TLS`,
    none: 'nothing: all mail is sent with TLS',
  },
  unverified: {
    what: (host: string) => `the reason why the certificate of ${host} is not verified`,
    none: 'nothing: all certificates are verified',
  },
};

const exception = (
  option: keyof typeof reasons,
  alerting: Fields,
  [first]: readonly Contact[],
  { addIssue }: z.RefinementCtx,
): void => {
  const input = alerting[option];
  if ((first === undefined) === (input === undefined)) return;
  const { what, none } = reasons[option];
  const message = first ? what(first.server.host ?? 'the server in the Secret') : none;
  addIssue({ code: 'custom', path: [option], message, input });
};

const listOf = (value: unknown): Fields[] => (Array.isArray(value) ? value.map(fieldsOf) : []);

const fieldsOf = (value: unknown): Fields =>
  typeof value === 'object' && value !== null ? (value as Fields) : {};
