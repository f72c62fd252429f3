import { isCredentialName, isLiteral, withoutPasswords } from '../../../model/credential.js';
import type { Path } from './path.js';

/** Whether a text contains a credential. */
export const hasCredential = (text: string): boolean => withoutPasswords(text) !== text;

/** Whether the value of a free name, such as a header or a parameter, is a credential. */
export const isSecretEntry = (name: string, value: unknown): value is string =>
  typeof value === 'string' && isLiteral(value) && isCredentialName(name);

/** The name of the key of a Secret for a value: from the words around it, such as `team-slack-api-url`. */
export const keyOf = (path: Path): string =>
  path
    .filter((part) => !wrappers.has(`${part}`))
    .map((part) => `${part}`.replace(/_configs$/, ''))
    .join('-')
    .toLowerCase()
    .replace(/[^a-z0-9]+/g, '-')
    .replace(/^-|-$/g, '')
    .slice(0, 100);

// They say nothing about what the value is.
const wrappers = new Set([
  'global',
  'receivers',
  'http_config',
  'basic_auth',
  'authorization',
  'oauth2',
  'tls_config',
  'scrape_configs',
  'config',
  'secrets',
]);

/** A credential in a header `Authorization`: its type and itself. */
export const authorizationIn = (
  header: string,
): { readonly type: string; readonly credentials: string; readonly username?: string } => {
  const [, type = 'Bearer', credentials = header] = /^(\S+)\s+(\S.*)$/.exec(header.trim()) ?? [];
  if (type.toLowerCase() !== 'basic') return { type, credentials };
  const [, username = '', password = ''] =
    /^([^:]*):(.*)$/s.exec(Buffer.from(credentials, 'base64').toString()) ?? [];
  return { type, credentials: password, username };
};

/** A URL without its user and password, and these. */
export const withoutUser = (
  url: string,
): { readonly url: string; readonly username: string; readonly password: string } | undefined => {
  const [, start = '', user = '', rest = ''] = /^(https?:\/\/)([^/?#@]+)@(.*)$/.exec(url) ?? [];
  if (user === '') return undefined;
  const [name = '', password = ''] = user.split(/:(.*)/s).map(decoded);
  return { url: `${start}${rest}`, username: name, password };
};

const decoded = (text: string): string => {
  try {
    return decodeURIComponent(text);
  } catch {
    return text;
  }
};
