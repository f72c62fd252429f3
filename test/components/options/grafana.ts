import type { WholeOptions } from '../options.js';

export default {
  enabled: true,
  cpu: '300m',
  memory: '600Mi',
  memoryLimit: '3Gi',
  volume: '20Gi',
  claimTemplate: '20Gi',
  priorityClass: 'observability',
  dashboardShards: 2,
  credentials: { secret: 'grafana-credentials' },
  oidc: {
    name: 'Example',
    clientId: 'grafana',
    clientSecret: { secret: 'grafana-oidc', key: 'client-secret' },
    authorizationUrl: 'https://login.example.com/authorize',
    tokenUrl: 'https://login.example.com/token',
    userInfoUrl: 'https://login.example.com/userinfo',
    scopes: 'openid profile email groups',
    rolePath: "contains(groups[*], 'platform') && 'Admin' || 'Viewer'",
    at: { kind: 'addresses', cidrs: ['192.0.2.64/28'] },
  },
  database: {
    host: 'postgres.databases.svc',
    port: 5432,
    name: 'grafana',
    user: 'grafana',
    password: { secret: 'grafana-database', key: 'password' },
    certificateAuthority: { secret: 'grafana-database', key: 'ca.crt' },
    at: { kind: 'pods', namespace: 'databases', labels: { app: 'postgres' } },
  },
} satisfies WholeOptions<'grafana'>;
