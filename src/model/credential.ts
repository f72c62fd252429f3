import { replaceTokens } from './credential-format.js';
import { memoizeText } from './memoize.js';
import { isPlain } from './own-value.js';
import { isReference } from './secret-file.js';
import { firstLineOf } from './unreadable.js';

// Last words of names of credentials. `key` alone is not one: labels have keys.
const ends =
  /(?:^|_)(?:password|passwd|pwd|pass|passphrase|secret|token|credentials?|bearer|api_?key|(?:secret|private|access|routing|service|signing|encryption|encrypt|auth|integration|master|shared|account|admin|hmac|session|cookie|client|license|ssh|rsa|user)_key|(?:bot|access|refresh)_?token|slack_api_url|webhook_url)$/;

/** Whether the value under a name is a credential, such as `adminPassword`, `X_API_KEY` or the header `Cookie`. */
export const isCredentialName = (name: string): boolean =>
  name === 'Cookie' || (mayNameCredential(name) && ends.test(words(name)));

/** The words of a name in lower case, joined by `_`, for any naming style. */
const words = (name: string): string =>
  name
    .replace(/([a-z0-9])([A-Z])/g, '$1_$2')
    .replace(/[^A-Za-z0-9]+/g, '_')
    .replace(/_+$/, '')
    .toLowerCase();

/** A fast test whether a text contains a word that can end such a name. */
export const mayNameCredential = (text: string): boolean =>
  /pass|pwd|secret|token|credential|bearer|key|api_url|webhook_url|Cookie/i.test(text);

/** Whether a value is the credential itself, and not its location or a setting. */
export const isLiteral = (value: string): boolean => {
  const text = value.trim();
  return !(
    text === '' ||
    /^(?:true|false|yes|no|on|off|null|none|nil|undefined|~|\[\]|\{\})$/i.test(text) ||
    // A path, with an optional prefix of a URL or a flag.
    /^(?:file:\/\/)?(?:~|\.{1,2})?\/[\w./@{}$()-]*$/.test(text) ||
    /^(?:\$__\w+\{[^}]*\}|\$\{[^}]*\}|\$\([^)]*\)|\$[A-Za-z_]\w*|\$?\{\{[^}]*\}\}|%\([^)]*\)s)$/.test(
      text,
    ) ||
    /^(?:<[^>]*>|\*+|\[REDACTED\])$/.test(text)
  );
};

/** What a finding shows instead of a credential: none of its characters. */
export const masked = '…';

// URLs that are credentials: whoever knows the path can post.
const secretPaths =
  /(:\/\/(?:hooks\.slack(?:-gov)?\.com|discord(?:app)?\.com\/api\/webhooks|api\.telegram\.org\/bot|hooks\.zapier\.com|chat\.googleapis\.com|[\w.-]+\.webhook\.office\.com|[\w.-]+\.logic\.azure\.com)\/?)[^\s'"`]+/g;

// Not the tokens of pages of a list: `page_token`.
const parameters =
  '(?:(?:access|auth|api|client|refresh|id)[-_]?)?(?:token|key|secret|password|sig)';
const parameterName = new RegExp(`^${parameters}$`, 'i');
const inQuery = new RegExp(`([?&]${parameters}=)(?![$<{*])[^\\s&'"\`]+`, 'gi');

/** Whether a parameter of a query has a credential, such as `access_token`; `key` alone can be any key. */
export const isCredentialParameter = (name: string): boolean =>
  parameterName.test(name) && !/^(?:id[-_]?)?key$/i.test(name);

/** A text without tokens, and without the passwords of the URLs in it: `https://user:…@example.com`. */
export const withoutPasswords = memoizeText((text): string =>
  replaceTokens(text, masked)
    .replace(/(:\/\/[^\s/:@'"`]*:)(?![$<{*])[^\s/@'"`]+@/g, `$1${masked}@`)
    // A token can be the whole user.
    .replace(/(https?:\/\/)(?![$<{*])[^\s/:@'"`]+@/g, `$1${masked}@`)
    .replace(secretPaths, `$1${masked}`)
    .replace(inQuery, `$1${masked}`),
);

/**
 * A value of a finding, which can be printed and written as JSON: without passwords of URLs and without literals
 * under names of credentials, such as the names in its `path`.
 */
export const withoutCredentials = (value: unknown, path: readonly string[] = []): unknown => {
  try {
    return readable(value, [], path.some(isCredentialName));
  } catch {
    return '[cannot be read]';
  }
};

/** `isCredential`: whether the value is under the name of a credential, however deep. */
const readable = (value: unknown, around: readonly unknown[], isCredential: boolean): unknown => {
  if (typeof value === 'string')
    return isCredential && isLiteral(value) ? masked : withoutPasswords(value);
  if (typeof value === 'bigint') return `${value}n`;
  if (typeof value !== 'object' || value === null) return value;
  if (around.includes(value)) return '[Circular]';
  if (around.length > 20) return '[…]';
  const inside = [...around, value];
  if (Array.isArray(value)) return value.map((one) => readable(one, inside, isCredential));
  if (isReference(value)) return value;
  if (value instanceof Error) return `[${value.name}: ${withoutPasswords(firstLineOf(value))}]`;
  if (!isPlain(value)) return Object.prototype.toString.call(value);
  return Object.fromEntries(
    Object.entries(value).map(([name, one]) => [
      name,
      readable(one, inside, isCredential || isCredentialName(name)),
    ]),
  );
};
