import type { SecretReference } from '../../../model/prerequisite.js';
import { type EngineTypes, fieldsOf } from '../../../schema/engine-schema.js';
import { isPrivate } from '../../../schema/private-host.js';
import { authorizationIn, hasCredential, isSecretEntry, keyOf, withoutUser } from './credential.js';
import type { Path } from './path.js';

/** A value that was in the file, or in a file that it names, and is now in a Secret. */
export interface Secret {
  readonly path: Path;
  readonly reference: SecretReference;
}

/** A field that is not taken over. */
export interface LeftField {
  readonly path: Path;
  readonly reason: string;
}

/** Converts the configuration of an engine to that of an environment. */
export interface Converter {
  /** The value of a type at a path; undefined if nothing of it is left. */
  readonly convert: (type: string, value: unknown, path: Path) => unknown;
  readonly secrets: readonly Secret[];
  readonly left: readonly LeftField[];
}

type Fields = Readonly<Record<string, unknown>>;

/** The token and the certificate authority of the pod of the engine itself. */
const ownFiles = /^\/(?:var\/)?run\/secrets\/kubernetes\.io\//;

/** Where the operator mounts Secrets. */
const mounted = /^\/etc\/(?:alertmanager|prometheus)\/secrets\/([a-z0-9][a-z0-9.-]*)\/([-.\w]+)$/;

/**
 * A converter in which each credential becomes a reference to a key of the Secret `secret`. `named` replaces the
 * indexes of a path with names, for the names of keys.
 */
export const converter = (
  types: EngineTypes,
  secret: string,
  named: (path: Path) => Path,
): Converter => {
  const secrets: Secret[] = [];
  const left: LeftField[] = [];
  const known = new Map<string, SecretReference>();
  const made = new Set<unknown>();

  const refer = (value: string, path: Path, isFile = false): SecretReference | undefined => {
    if (isFile && ownFiles.test(value)) {
      left.push({ path, reason: 'It is a file of the pod of the other installation.' });
      return undefined;
    }
    const same = `${isFile} ${value}`;
    const [, name, file] = isFile ? (mounted.exec(value) ?? []) : [];
    const reference =
      known.get(same) ?? (name && file ? { secret: name, key: file } : newKey(named(path)));
    known.set(same, reference);
    made.add(reference);
    secrets.push({ path, reference });
    return reference;
  };

  const newKey = (path: Path): SecretReference => {
    const base = keyOf(path).replace(/-file$/, '') || 'secret';
    const taken = [...known.values()].map(({ key }) => key);
    let [key, count] = [base, 1];
    while (taken.includes(key)) {
      count += 1;
      key = `${base}-${count}`;
    }
    return { secret, key };
  };

  const convert = (type: string, value: unknown, path: Path): unknown => {
    if (value === null || value === undefined) return undefined;
    const [, values] = /^\{.*?\}(.*)$/.exec(type) ?? [];
    if (type.startsWith('[]')) return list(type.slice(2), value, path);
    if (values !== undefined) return map(values, value, path);
    if (type.includes('Secret')) return secretOf(type, value, path);
    const definition = types[type];
    if (definition && !Array.isArray(definition)) return struct(type, value, path);
    if (typeof value === 'string' && hasCredential(value)) {
      const reason = 'It contains a credential, and the engine reads this value from no file.';
      left.push({ path, reason });
      return undefined;
    }
    const isText = !['bool', 'int', 'uint', 'float', 'any'].includes(type);
    return isText && ['number', 'boolean'].includes(typeof value) ? String(value) : value;
  };

  const list = (type: string, value: unknown, path: Path): unknown =>
    Array.isArray(value)
      ? value.flatMap((one, index) => {
          const item = convert(type, one, [...path, index]);
          return item === undefined ? [] : [item];
        })
      : value;

  const map = (type: string, value: unknown, path: Path): unknown =>
    mapped(value, (one, name) => {
      const first = Array.isArray(one) ? one[0] : one;
      if (type !== 'config.Header' && isSecretEntry(name, first)) {
        const reason = 'It is a credential, and the engine reads this value from no file.';
        left.push({ path: [...path, name], reason });
        return undefined;
      }
      return convert(type, one, [...path, name]);
    });

  const secretOf = (type: string, value: unknown, path: Path): unknown => {
    if (made.has(value)) return value;
    if (value === '' || typeof value === 'object') return undefined;
    const text = `${value}`;
    // A URL that contains no credential.
    const isPlain =
      (type === 'common.SecretTemplateURL' &&
        URL.canParse(text) &&
        isPrivate(new URL(text).hostname) &&
        !hasCredential(text)) ||
      text === 'https://slack.com/api/chat.postMessage';
    return isPlain ? text : refer(text, path);
  };

  const struct = (type: string, value: unknown, path: Path): unknown => {
    const known = fieldsOf(types, type);
    const rest = mapped(clientOf(value, known, path), (one, name) => {
      if (made.has(one)) return one;
      const base = name.replace(/_file$/, '');
      const isFile = (base !== name && base in known) || type === 'googleiam.Config';
      if (isFile) {
        return typeof one === 'string' && one !== '' && !(base in Object(value))
          ? refer(one, [...path, name], true)
          : undefined;
      }
      return name in known ? convert(known[name]!, one, [...path, name]) : one;
    });
    if (typeof rest !== 'object' || rest === null || Array.isArray(rest)) return rest;
    return Object.fromEntries(
      Object.entries(rest).map(([name, one]) => [name.replace(/_file$/, unfiled(known)), one]),
    );
  };

  /** What a client states in another way than an environment: old fields, headers and URLs with credentials. */
  const clientOf = (value: unknown, known: Fields, path: Path): unknown => {
    if (typeof value !== 'object' || value === null || !('authorization' in known)) return value;
    const fields: Record<string, unknown> = { ...value };
    for (const name of ['bearer_token', 'bearer_token_file']) {
      if (!(name in fields) || !(name in known)) continue;
      const token = fields[name];
      delete fields[name];
      if (typeof token !== 'string' || token === '') continue;
      const credentials = refer(token, [...path, name], name.endsWith('_file'));
      if (credentials) fields.authorization = { credentials };
    }
    const user =
      typeof fields.url === 'string' && 'url' in known ? withoutUser(fields.url) : undefined;
    if (user && known.url === 'config.URL') {
      fields.url = user.url;
      const password = refer(user.password, [...path, 'url', 'password']);
      fields.basic_auth = { username: user.username, password };
    }
    for (const [header, given] of Object.entries(Object(fields.headers))) {
      if (!('http_headers' in known)) continue;
      const isLogin = header.toLowerCase() === 'authorization';
      if (!isLogin && !isSecretEntry(header, given)) continue;
      fields.headers = without(Object(fields.headers), header);
      fields.http_headers = { ...Object(fields.http_headers), [header]: { values: [given] } };
    }
    for (const [header, given] of Object.entries(Object(fields.http_headers))) {
      const at = [...path, 'http_headers', header];
      const values: unknown[] = Object(given).values ?? [];
      if (header.toLowerCase() === 'authorization') {
        fields.http_headers = without(Object(fields.http_headers), header);
        Object.assign(fields, loginOf(given, at));
      } else if (values.some((one) => isSecretEntry(header, one))) {
        const references = values.map((one) => refer(`${one}`, at));
        fields.http_headers = {
          ...Object(fields.http_headers),
          [header]: { secrets: references },
        };
      }
    }
    return Object.fromEntries(Object.entries(fields).filter(([, one]) => !isEmpty(one)));
  };

  const loginOf = (header: unknown, path: Path): object => {
    const { values, secrets, files } = Object(header);
    const [value] = [...(values ?? []), ...(secrets ?? [])];
    if (typeof value !== 'string') {
      left.push({
        path,
        reason: `Use authorization: { credentials }${files ? ': the file has its type in front' : ''}.`,
      });
      return {};
    }
    const { type, credentials, username } = authorizationIn(value);
    const reference = refer(credentials, path);
    return username === undefined
      ? { authorization: { ...(type !== 'Bearer' && { type }), credentials: reference } }
      : { basic_auth: { username, password: reference } };
  };

  return { convert, secrets, left };
};

/** A file that holds a value becomes the value, which is a reference. */
const unfiled = (known: Fields) => (suffix: string, at: number, name: string) =>
  name.slice(0, at) in known ? '' : suffix;

const mapped = (value: unknown, of: (one: unknown, name: string) => unknown): unknown =>
  typeof value === 'object' && value !== null && !Array.isArray(value)
    ? Object.fromEntries(
        Object.entries(value).flatMap(([name, one]) => {
          const made = of(one, name);
          return made === undefined ? [] : [[name, made]];
        }),
      )
    : value;

const without = (fields: Fields, name: string): Fields =>
  Object.fromEntries(Object.entries(fields).filter(([key]) => key !== name));

const isEmpty = (value: unknown): boolean =>
  typeof value === 'object' &&
  value !== null &&
  !Array.isArray(value) &&
  Object.keys(value).length === 0;
