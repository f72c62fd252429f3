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
    allowedDomains: ['example.com'],
    allowedGroups: ['platform', 'on call'],
    groupsPath: 'groups',
    at: { kind: 'addresses', cidrs: ['192.0.2.64/28'] },
  },
  plugins: { ids: ['grafana-clickhouse-datasource'], folder: '/opt/grafana/plugins' },
  ldap: {
    config: { secret: 'grafana-ldap', key: 'ldap.toml' },
    servers: [
      {
        host: 'ldap.example.com',
        port: 636,
        at: { kind: 'addresses', cidrs: ['192.0.2.208/28'] },
      },
    ],
    allowSignUp: true,
  },
  proxy: {
    url: 'http://proxy.example.com:3128',
    at: { kind: 'addresses', cidrs: ['192.0.2.192/28'] },
  },
  certificateAuthority: { secret: 'grafana-ca', key: 'ca.crt' },
  settings: {
    smtp: {
      enabled: true,
      host: 'mail.mail.svc:587',
      user: 'grafana',
      password: { secret: 'grafana-smtp', key: 'password' },
    },
    users: { default_theme: 'light' },
  },
  settingsAt: { smtp: { kind: 'pods', namespace: 'mail', labels: { app: 'mail' }, port: 587 } },
  database: {
    host: 'postgres.databases.svc',
    port: 5432,
    name: 'grafana',
    user: 'grafana',
    password: { secret: 'grafana-database', key: 'password' },
    certificateAuthority: { secret: 'grafana-database', key: 'ca.crt' },
    at: { kind: 'pods', namespace: 'databases', labels: { app: 'postgres' }, port: 5432 },
  },
} satisfies WholeOptions<'grafana'>;
