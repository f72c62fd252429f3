import type { EnvironmentOptions } from '../../src/environment/environment.js';

type Options = NonNullable<EnvironmentOptions['prometheus']>;

const secret = (key: string) => ({ secret: 'prometheus', key });

/** Remote servers, Alertmanagers and sections in native configuration. */
export const nativeServers = {
  remoteWrite: [
    {
      name: 'Mimir/platform',
      url: 'https://mimir.example.com/api/v1/push',
      headers: { 'X-Scope-OrgID': 'platform' },
      remote_timeout: '20s',
      protobuf_message: 'io.prometheus.write.v2.Request',
      send_exemplars: false,
      send_native_histograms: false,
      round_robin_dns: true,
      write_relabel_configs: [
        {
          source_labels: ['__name__'],
          separator: ';',
          regex: 'go_.*',
          replacement: '$1',
          action: 'drop',
        },
      ],
      queue_config: {
        capacity: 2500,
        max_shards: 200,
        min_shards: 1,
        max_samples_per_send: 500,
        batch_send_deadline: '5s',
        min_backoff: '30ms',
        max_backoff: '5s',
        retry_on_http_429: true,
        sample_age_limit: '1h',
      },
      metadata_config: { send: true, send_interval: '1m', max_samples_per_send: 500 },
      oauth2: {
        client_id: 'prometheus',
        client_secret: secret('oauth2'),
        token_url: 'https://login.example.com/token',
        scopes: ['write'],
      },
      tls_config: { ca: secret('ca.crt'), cert: secret('tls.crt'), key: secret('tls.key') },
      http_headers: { 'X-Key': { secrets: [secret('key')] } },
    },
    {
      url: 'https://aps-workspaces.eu-west-1.amazonaws.com/workspaces/ws-1/api/v1/remote_write',
      sigv4: { region: 'eu-west-1', profile: 'metrics' },
      awsCredentials: { secret: 'aws', key: 'credentials' },
    },
    {
      name: 'role',
      url: 'https://aps-workspaces.eu-central-1.amazonaws.com/workspaces/ws-2/api/v1/remote_write',
      sigv4: { region: 'eu-central-1', role_arn: 'arn:aws:iam::123456789012:role/writer' },
    },
    {
      name: 'behind',
      url: 'https://inside.example.com/push',
      proxy_url: 'http://proxy.egress.svc:3128',
      proxyAt: { kind: 'pods', namespace: 'egress', labels: { app: 'proxy' } },
      authentication: { kind: 'bearer', token: secret('behind') },
    },
    {
      name: 'google',
      url: 'https://monitoring.googleapis.com/v1/projects/a/location/global/prometheus/api/v1/write',
      google_iam: { credentials_file: secret('google.json') },
    },
    {
      name: 'azure',
      url: 'https://a.westeurope-1.metrics.ingest.monitor.azure.com/api/v1/write',
      azuread: {
        cloud: 'AzurePublic',
        workload_identity: {
          client_id: '00000000-0000-0000-0000-000000000001',
          tenant_id: '00000000-0000-0000-0000-000000000002',
        },
      },
    },
  ],
  remoteRead: [
    {
      name: 'Mimir/platform',
      url: 'https://mimir.example.com/prometheus/api/v1/read',
      read_recent: true,
      remote_timeout: '30s',
      required_matchers: { tier: 'archive' },
      headers: { 'X-Scope-OrgID': 'platform' },
      basic_auth: { username: 'platform', password: secret('read') },
      filter_external_labels: false,
    },
  ],
  alertmanagers: [
    {
      at: { kind: 'addresses', cidrs: ['192.0.2.208/28'] },
      unverified: 'the appliance signs its own certificate',
      scheme: 'https',
      path_prefix: '/alertmanager',
      timeout: '5s',
      api_version: 'v2',
      static_configs: [{ targets: ['192.0.2.209', 'alerts.example.com:9093'] }],
      tls_config: { insecure_skip_verify: true },
      basic_auth: { username: 'prometheus', password: secret('alerts') },
      alert_relabel_configs: [{ source_labels: ['severity'], regex: 'info', action: 'drop' }],
    },
    { dns_sd_configs: [{ names: ['_alerts._tcp.example.com'] }], ports: [9093] },
  ],
  config: {
    global: {
      evaluation_interval: '1m',
      scrape_timeout: '9s',
      rule_query_offset: '10s',
      label_limit: 100,
    },
    storage: { tsdb: { out_of_order_time_window: '30m' }, exemplars: { max_exemplars: 200_000 } },
    runtime: { gogc: 60 },
    alerting: { alert_relabel_configs: [{ regex: 'pod_.*', action: 'labeldrop' }] },
  },
} satisfies Options;
