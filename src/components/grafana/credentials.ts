import { secretPath } from '../../model/identity.js';

/** Files with Grafana's credentials. */
export interface CredentialFiles {
  /** @default - the user name is `admin` */
  readonly adminUser?: string;
  readonly adminPassword: string;
  readonly secretKey: string;
}

/** Keys of a Secret, or files on Grafana's volume if no Secret is named. */
export const credentialFiles = (dataFolder: string, secret?: string): CredentialFiles =>
  secret === undefined
    ? {
        adminPassword: `${dataFolder}/credentials/admin-password`,
        secretKey: `${dataFolder}/credentials/secret-key`,
      }
    : {
        adminUser: secretPath({ secret, key: 'admin-user' }),
        adminPassword: secretPath({ secret, key: 'admin-password' }),
        secretKey: secretPath({ secret, key: 'secret-key' }),
      };

/** A script that creates missing files, and does not change existing ones. */
export const makeCredentials = ({ adminPassword, secretKey }: CredentialFiles): string =>
  [
    'set -eu',
    'umask 077',
    `for file in ${adminPassword} ${secretKey}; do`,
    '  if [ ! -s "$file" ]; then',
    '    mkdir -p "$(dirname "$file")"',
    '    head -c 32 /dev/urandom | base64 | tr -d \'\\n\' > "$file.new"',
    '    sync',
    '    mv "$file.new" "$file"',
    '  fi',
    'done',
  ].join('\n');
