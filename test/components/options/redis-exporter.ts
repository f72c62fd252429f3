import type { WholeOptions } from '../options.js';

export default {
  enabled: true,
  cpu: '15m',
  memory: '40Mi',
  memoryLimit: '96Mi',
  priorityClass: 'observability',
  servers: [
    {
      name: 'sessions',
      host: 'redis-0.redis.databases.svc',
      port: 6380,
      user: 'monitoring',
      password: { secret: 'redis-sessions', key: 'passwords.json' },
      tls: {
        kind: 'verify-full',
        certificateAuthority: { secret: 'redis-authority', key: 'ca.crt' },
        client: {
          certificate: { secret: 'redis-client', key: 'tls.crt' },
          key: { secret: 'redis-client', key: 'tls.key' },
        },
      },
      at: { kind: 'pods', namespace: 'databases', labels: { app: 'redis' }, port: 6379 },
    },
    {
      name: 'carts',
      host: 'redis.example.com',
      port: 6379,
      user: 'monitoring',
      password: { secret: 'redis-carts', key: 'passwords.json' },
      tls: { kind: 'plain', reason: 'a tunnel encrypts the traffic to this server' },
      at: { kind: 'addresses', cidrs: ['192.0.2.192/28'] },
    },
  ],
} satisfies WholeOptions<'redisExporter'>;
