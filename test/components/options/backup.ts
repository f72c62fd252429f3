import type { WholeOptions } from '../options.js';

export default {
  enabled: true,
  cpu: '1',
  memory: '512Mi',
  memoryLimit: '2Gi',
  priorityClass: 'observability',
  bucket: {
    name: 'backups',
    endpoint: 'http://s3.storage.svc:8333',
    region: 'eu-central-1',
    prefix: 'clusters/full',
    authentication: {
      kind: 'keys',
      accessKeyId: { secret: 'backup', key: 'access-key-id' },
      secretAccessKey: { secret: 'backup', key: 'secret-access-key' },
    },
    certificateAuthority: { configMap: 'authorities', key: 'ca.crt' },
    at: { kind: 'pods', namespace: 'storage', labels: { app: 's3' }, port: 9000 },
    plainHttp: 'the server is in the cluster, whose network encrypts',
  },
  password: { secret: 'backup', key: 'password' },
  schedule: '*/30 2-4 * * mon,thu',
  verification: '0 6 * * sat',
  keep: { daily: 14, weekly: 8, monthly: 12 },
} satisfies WholeOptions<'backup'>;
