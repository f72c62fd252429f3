import type { EnvironmentOptions } from '../../src/environment/environment.js';

type ScrapeConfigOptions = NonNullable<
  NonNullable<EnvironmentOptions['prometheus']>['scrapeConfigs']
>[number];

const secret = (key: string) => ({ secret: 'prometheus', key });

/** Native scrape jobs that together have every field. */
export const scrapeConfigs: ScrapeConfigOptions[] = [
  {
    config: {
      job_name: 'switches/core',
      scheme: 'http',
      metrics_path: '/metrics',
      params: { module: ['if_mib'], target: ['https://switch.example.com/'] },
      scrape_interval: '1m',
      scrape_timeout: '50s',
      honor_labels: true,
      honor_timestamps: false,
      track_timestamps_staleness: true,
      scrape_protocols: ['OpenMetricsText1.0.0', 'PrometheusText0.0.4'],
      fallback_scrape_protocol: 'PrometheusText0.0.4',
      scrape_native_histograms: true,
      always_scrape_classic_histograms: true,
      convert_classic_histograms_to_nhcb: false,
      native_histogram_bucket_limit: 160,
      native_histogram_min_bucket_factor: 1.1,
      metric_name_validation_scheme: 'utf8',
      metric_name_escaping_scheme: 'underscores',
      extra_scrape_metrics: true,
      enable_compression: false,
      sample_limit: 200,
      body_size_limit: '1MB',
      target_limit: 10,
      label_limit: 20,
      label_name_length_limit: 100,
      label_value_length_limit: 200,
      keep_dropped_targets: 1,
      basic_auth: { username: 'prometheus', password: secret('password') },
      follow_redirects: false,
      enable_http2: false,
      http_headers: {
        'X-Scope-OrgID': { values: ['platform'] },
        'X-Key': { secrets: [secret('key'), secret('other-key')] },
      },
      static_configs: [
        {
          targets: ['10.1.2.3:9100', '[2001:db8::1]:9100'],
          labels: { site: 'https://a.example/' },
        },
        { targets: ['exporter.example.com:9116'] },
      ],
      relabel_configs: [
        { source_labels: ['__address__'], regex: '(.+):\\d+', target_label: 'host' },
        {
          action: 'replace',
          source_labels: ['host', 'site'],
          separator: '/',
          regex: '(.*)/(.*)',
          target_label: 'place',
          replacement: '$2',
        },
        { action: 'keep', source_labels: ['host'], regex: '.+' },
        { action: 'dropequal', source_labels: ['host'], target_label: 'site' },
        { action: 'lowercase', source_labels: ['place'], target_label: 'place' },
        { action: 'hashmod', source_labels: ['host'], modulus: 4, target_label: 'shard' },
      ],
      metric_relabel_configs: [
        { action: 'drop', source_labels: ['__name__'], regex: 'go_.*' },
        { action: 'labelmap', regex: 'snmp_(.+)', replacement: 'device_$1' },
        { action: 'labeldrop', regex: 'tmp_.*' },
      ],
    },
  },
  {
    at: { kind: 'addresses', cidrs: ['192.0.2.0/28'] },
    unverified: 'the appliance signs its own certificate',
    config: {
      job_name: 'appliances',
      scheme: 'https',
      oauth2: {
        client_id: 'prometheus',
        client_secret: secret('oauth2'),
        token_url: 'https://login.example.com/token',
        scopes: ['metrics'],
        endpoint_params: { audience: 'metrics' },
        tls_config: { ca: secret('login.crt') },
      },
      tls_config: {
        insecure_skip_verify: true,
        ca: secret('ca.crt'),
        cert: secret('tls.crt'),
        key: secret('tls.key'),
        server_name: 'appliance.example.com',
        min_version: 'TLS12',
        max_version: 'TLS13',
      },
      dns_sd_configs: [
        { names: ['appliances.example.com'], type: 'A', port: 8443, refresh_interval: '1m' },
      ],
      sample_limit: 300,
    },
  },
  {
    at: { kind: 'pods', namespace: 'exporters', labels: { app: 'pages' } },
    config: {
      job_name: 'pages',
      authorization: { type: 'Bearer', credentials: secret('pages') },
      params: { module: ['http_2xx'] },
      static_configs: [{ targets: ['https://shop.example.com/', 'https://people.example.com/'] }],
      relabel_configs: [
        { source_labels: ['__address__'], target_label: '__param_target' },
        { source_labels: ['__param_target'], target_label: 'instance' },
        { target_label: '__address__', replacement: 'pages.exporters.svc:9115' },
      ],
      sample_limit: 100,
    },
  },
  {
    config: {
      job_name: 'signed',
      oauth2: {
        client_id: 'prometheus',
        client_certificate_key: secret('client.key'),
        client_certificate_key_id: '1',
        grant_type: 'urn:ietf:params:oauth:grant-type:jwt-bearer',
        signature_algorithm: 'RS256',
        iss: 'prometheus',
        audience: 'https://login.example.com/',
        claims: { scope: 'metrics' },
        token_url: 'https://login.example.com/token',
      },
      static_configs: [{ targets: ['signed.example.com:443'] }],
    },
  },
  {
    ports: [9100],
    proxyAt: { kind: 'pods', namespace: 'egress', labels: { app: 'proxy' } },
    config: {
      job_name: 'behind',
      proxy_url: 'http://proxy.egress.svc:3128',
      no_proxy: '192.0.2.0/24',
      dns_sd_configs: [{ names: ['_metrics._tcp.example.com'], type: 'SRV' }],
      oauth2: {
        client_id: 'prometheus',
        client_secret: secret('oauth2'),
        token_url: 'https://login.example.com/token',
        proxy_url: 'http://proxy.egress.svc:3128',
        no_proxy: '192.0.2.0/24',
        proxy_from_environment: false,
      },
      proxy_from_environment: false,
    },
  },
];
