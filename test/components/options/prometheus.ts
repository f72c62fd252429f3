import type { EnvironmentOptions } from '../../../src/environment/environment.js';
import type { WholeOptions } from '../options.js';

// Native configuration has hundreds of fields: `test/config` has values of all of them.
type Native = 'config' | 'remoteWrite' | 'remoteRead' | 'alertmanagers';
type Options = NonNullable<EnvironmentOptions['prometheus']>;

export default {
  enabled: true,
  cpu: '3',
  memory: '24Gi',
  memoryLimit: '30Gi',
  volume: '600Gi',
  replicas: 2,
  retention: '60d',
  scrapeInterval: '15s',
  keep: { apiserver: 'all', kubelet: { also: ['kubelet_volume_stats_.*'] } },
  externalLabels: { region: 'eu' },
  queryLog: true,
  awsRole: { kind: 'service-account', arn: 'arn:aws:iam::123456789012:role/prometheus' },
  ruleObjects: { labels: { release: 'monitoring' } },
  priorityClass: 'alerting',
  claimTemplate: '600Gi',
  otlp: { labels: ['k8s.namespace.name', 'team'], delay: '30m' },
  scrapeConfigs: [],
  remoteWrite: [
    {
      name: 'archive',
      url: 'https://archive.example.com/api/v1/write',
      authentication: { kind: 'bearer', token: { secret: 'archive', key: 'token' } },
      at: { kind: 'addresses', cidrs: ['192.0.2.32/28'] },
    },
    {
      name: 'receiver',
      url: 'http://receiver.thanos.svc:19291/api/v1/receive',
      authentication: {
        kind: 'basic',
        username: 'prometheus',
        password: { secret: 'receiver', key: 'password' },
      },
      at: { kind: 'pods', namespace: 'thanos', labels: { app: 'receiver' }, port: 19291 },
    },
    {
      name: 'amazon',
      url: 'https://aps-workspaces.eu-west-1.amazonaws.com/workspaces/ws-1/api/v1/remote_write',
      sigv4: { region: 'eu-west-1' },
      at: { kind: 'addresses', cidrs: ['192.0.2.48/28'] },
      loginAt: { kind: 'addresses', cidrs: ['192.0.2.48/28'] },
    },
  ],
  remoteRead: [
    {
      name: 'archive',
      url: 'https://archive.example.com/api/v1/read',
      at: { kind: 'addresses', cidrs: ['192.0.2.32/28'] },
      read_recent: true,
      required_matchers: { tier: 'archive' },
    },
  ],
  alertmanagers: [
    {
      at: { kind: 'addresses', cidrs: ['192.0.2.48/28'] },
      loginAt: { kind: 'addresses', cidrs: ['192.0.2.48/28'] },
      scheme: 'https',
      path_prefix: '/alertmanager',
      timeout: '5s',
      static_configs: [{ targets: ['alerts.example.com'] }],
    },
  ],
  config: {
    global: { evaluation_interval: '1m' },
    storage: { tsdb: { out_of_order_time_window: '30m' } },
  },
} satisfies Omit<WholeOptions<'prometheus'>, Native> & Required<Pick<Options, Native>>;
