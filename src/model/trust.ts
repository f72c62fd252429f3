import { secretFolder } from './identity.js';
import type { DeclaredPrerequisite, SecretReference } from './prerequisite.js';

/** A key of an existing ConfigMap in the namespace of its user. */
export interface ConfigMapReference {
  readonly configMap: string;
  readonly key: string;
}

/** Further certificate authorities in PEM that a process trusts. */
export type CertificateAuthority = SecretReference | ConfigMapReference;

/** The folder at which the certificate authorities are mounted. */
export const trustFolder = (one: CertificateAuthority): string =>
  'secret' in one ? `${secretFolder}/${one.secret}` : `/etc/crowsnest/trust/${one.configMap}`;

/**
 * The variable of Go programs for certificate authorities: the folders add to the public ones, which are in a file.
 * https://github.com/golang/go/blob/go1.25.0/src/crypto/x509/root_unix.go
 */
export const trustEnvironment = (
  ...all: readonly (CertificateAuthority | undefined)[]
): Readonly<Record<string, string>> => {
  const folders = new Set(all.flatMap((one) => (one ? trustFolder(one) : [])));
  return folders.size > 0 ? { SSL_CERT_DIR: [...folders].join(':') } : {};
};

/** The object that must exist. */
export const trustPrerequisite = (
  one: CertificateAuthority | undefined,
  purpose: string,
  place: 'stack' | 'nodeAgents' = 'stack',
): DeclaredPrerequisite[] =>
  one === undefined
    ? []
    : [
        {
          kind: 'secret' in one ? 'Secret' : 'ConfigMap',
          name: 'secret' in one ? one.secret : one.configMap,
          in: place,
          keys: { [one.key]: 'certificate authorities in PEM' },
          purpose,
        },
      ];
