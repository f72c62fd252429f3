import { configFinding } from '../config/faults.js';
import type { SealedFile } from '../config/sealed-file.js';
import type { ExternalSecrets, Secrets } from '../config/secrets.js';
import type { Finding } from '../model/finding.js';
import {
  type Prerequisite,
  type RemoteSecret,
  type SecretPrerequisite,
  secretsAmong,
} from '../model/prerequisite.js';
import { suggest } from '../model/suggestion.js';
import { withSealed } from './sealed-secret.js';

/** The prerequisites with the place of each Secret in the store, and with the store. */
export const withSource = (
  prerequisites: readonly Prerequisite[],
  { source }: Secrets,
  files: readonly SealedFile[] = [],
): { readonly prerequisites: readonly Prerequisite[]; readonly faults: readonly Finding[] } => {
  if (source === undefined) return { prerequisites, faults: [] };
  const all = secretsAmong(prerequisites);
  const copied = all.filter(({ name }) => !source.except.includes(name));
  if (source.kind === 'sealed-secrets') {
    const sealed = withSealed(prerequisites, copied, source, files);
    return {
      ...sealed,
      faults: [...unknownNames({ ...source, remote: {} }, all), ...sealed.faults],
    };
  }
  const stores = copied.map(({ namespace }) => storeOf(source, namespace));
  const byPlace = new Map(stores.map((one) => [`${one.namespace}`, one]));
  return {
    prerequisites: [
      ...prerequisites.map((one) => {
        const { name, namespace } = one;
        const secret = copied.find((other) => other.name === name && other.namespace === namespace);
        return one.kind === 'Secret' && secret ? { ...one, remote: remoteOf(secret, source) } : one;
      }),
      ...byPlace.values(),
    ],
    faults: unknownNames(source, all),
  };
};

const storeOf = ({ store }: ExternalSecrets, namespace: string): Prerequisite => ({
  kind: store.kind,
  name: store.name,
  ...(store.kind === 'SecretStore' && { namespace }),
  purpose: 'the store from which External Secrets reads the Secrets',
});

const remoteOf = (
  { name, keys }: SecretPrerequisite,
  { store, prefix = '', remote }: ExternalSecrets,
): RemoteSecret => {
  const { key: entry = `${prefix}${name}`, values = {} } = remote[name] ?? {};
  return {
    store,
    values: Object.fromEntries(
      Object.keys(keys).map((key) => {
        const other = values[key];
        return [key, other ? { ...other, key: other.key ?? entry } : { key: entry, property: key }];
      }),
    ),
  };
};

/** Names of Secrets and keys in the option that no pod reads. */
const unknownNames = (
  { remote, except }: Pick<ExternalSecrets, 'remote' | 'except'>,
  all: readonly SecretPrerequisite[],
): Finding[] => {
  const names = [...new Set(all.map(({ name }) => name))];
  const fault = (path: string, what: string, value: string, allowed: readonly string[]) => {
    const suggestion = suggest(value, allowed);
    return configFinding({
      fault: suggestion ? 'unknown-secret' : 'unused-secret',
      place: { path: `secrets.source.${path}` },
      message: `Nothing reads the ${what} '${value}'.`,
      value,
      remedy: allowed.length > 0 ? `Use one of ${allowed.join(', ')}.` : 'Remove it.',
      ...(suggestion && { suggestion }),
    });
  };
  return [
    ...except.flatMap((name, index) =>
      names.includes(name) ? [] : fault(`except[${index}]`, 'Secret', name, names),
    ),
    ...Object.entries(remote).flatMap(([name, { values }]) => {
      const path = `remote['${name}']`;
      if (!names.includes(name)) return fault(path, 'Secret', name, names);
      const keys = all.flatMap((one) => (one.name === name ? Object.keys(one.keys) : []));
      return Object.keys(values)
        .filter((key) => !keys.includes(key))
        .map((key) => fault(`${path}.values['${key}']`, `key of Secret ${name}`, key, keys));
    }),
  ];
};
