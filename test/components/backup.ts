import type { EnvironmentOptions } from '../../src/environment/environment.js';

/** The least options of backups. */
export const someBackup = {
  bucket: {
    name: 'backups',
    endpoint: 'https://s3.eu-central-1.amazonaws.com',
    region: 'eu-central-1',
    authentication: {
      kind: 'keys',
      accessKeyId: { secret: 'backup', key: 'access-key-id' },
      secretAccessKey: { secret: 'backup', key: 'secret-access-key' },
    },
  },
  password: { secret: 'backup', key: 'password' },
} as const satisfies EnvironmentOptions['backup'];
