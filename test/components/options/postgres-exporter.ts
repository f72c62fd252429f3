import type { WholeOptions } from '../options.js';

export default {
  enabled: true,
  cpu: '15m',
  memory: '40Mi',
  memoryLimit: '96Mi',
  priorityClass: 'observability',
  servers: [
    {
      name: 'orders',
      host: 'orders-db-0.orders-db.databases.svc',
      port: 6432,
      user: 'monitoring',
      password: { secret: 'postgres-orders', key: 'password' },
      database: 'orders',
      tls: {
        kind: 'verify-full',
        certificateAuthority: { secret: 'postgres-authority', key: 'ca.crt' },
        client: {
          certificate: { secret: 'postgres-client', key: 'tls.crt' },
          key: { secret: 'postgres-client', key: 'tls.key' },
        },
      },
      at: { kind: 'pods', namespace: 'databases', labels: { app: 'postgres' }, port: 5432 },
    },
    {
      name: 'billing',
      host: 'billing.example.com',
      port: 5432,
      user: 'monitoring@billing',
      password: { secret: 'postgres-billing', key: 'password' },
      database: 'billing',
      tls: { kind: 'plain', reason: 'a tunnel encrypts the connection' },
      at: { kind: 'addresses', cidrs: ['192.0.2.208/28'] },
    },
  ],
} satisfies WholeOptions<'postgresExporter'>;
