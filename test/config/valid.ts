import { z } from 'zod';
import type { EnvironmentOptions } from '../../src/environment/environment.js';
import { yaml } from '../../src/model/file.js';
import { metrics } from '../../src/model/offer.js';
import { certificates } from '../components/custom-resources.js';
import { minimal } from '../environment.js';
import { application } from './wrong-applications.js';

type Place = NonNullable<NonNullable<EnvironmentOptions['alerting']>['proxy']>['at'];

const token = { secret: 'token', key: 'token' };
const password = { secret: 'password', key: 'password' };

const addresses: Place = { kind: 'addresses', cidrs: ['192.0.2.0/28'] };
const pods = { kind: 'pods', namespace: 'shop', labels: { app: 'shop' } } as const;

/** An environment that has each alternative somewhere, so that tests can replace single values. */
export const valid = {
  ...minimal,
  cluster: {
    ...minimal.cluster,
    controlPlane: 'exposed',
    dns: {
      localAddresses: ['169.254.20.10'],
      pods: { namespace: 'dns', labels: { app: 'coredns' } },
      port: 5353,
      metricsPort: 9153,
    },
    kubelet: { kind: 'unverified', reason: 'it signs its own certificate' },
    storageClass: { name: 'fast', expandable: true },
  },
  proxy: {
    url: 'http://proxy.example.com:3128',
    at: addresses,
    certificateAuthority: { configMap: 'trusted-ca', key: 'ca.crt' },
  },
  prometheus: {
    keep: { kubelet: { also: ['kubelet_.*'] } },
    awsRole: { kind: 'service-account', arn: 'arn:aws:iam::123456789012:role/prometheus' },
    remoteWrite: [
      {
        name: 'first',
        url: 'https://example.com/write',
        authentication: { kind: 'bearer', token },
        at: addresses,
      },
      {
        name: 'second',
        url: 'http://receiver.thanos/write',
        authentication: { kind: 'basic', username: 'prometheus', password },
        at: pods,
      },
    ],
    remoteRead: [{ url: 'https://archive.example.com/read' }],
    alertmanagers: [{ static_configs: [{ targets: ['alerts.example.com:9093'] }] }],
    config: { global: { evaluation_interval: '1m' } },
    scrapeConfigs: [
      {
        at: addresses,
        loginAt: pods,
        proxyAt: pods,
        ports: [9100],
        config: {
          job_name: 'switches',
          proxy_url: 'http://proxy.example.com:3128',
          static_configs: [{ targets: ['192.0.2.1:9100'] }],
          dns_sd_configs: [{ names: ['switches.example.com'] }],
        },
      },
      {
        at: pods,
        unverified: 'it signs its own certificate',
        config: {
          job_name: 'appliance',
          scheme: 'https',
          tls_config: { insecure_skip_verify: true },
          static_configs: [{ targets: ['appliance.shop.svc:9100'] }],
        },
      },
    ],
  },
  kubeStateMetrics: {
    customResources: [certificates],
    resources: ['services'],
    labels: { pods: ['team'] },
    annotations: { pods: ['example.com/owner'] },
  },
  blackboxExporter: {
    probes: [
      {
        url: 'https://shop.example.com/health',
        name: 'shop-page',
        interval: '1m',
        status: [200, 204],
        followRedirects: true,
        unverified: 'it signs its own certificate',
        at: addresses,
      },
      { target: 'db.example.com:5432', module: 'tcp' },
    ],
    modules: { tcp: { prober: 'tcp' } },
  },
  grafana: {
    credentials: { secret: 'grafana' },
    oidc: {
      name: 'Example',
      clientId: 'grafana',
      clientSecret: password,
      authorizationUrl: 'https://login.example.com/authorize',
      tokenUrl: 'https://login.example.com/token',
      userInfoUrl: 'https://login.example.com/userinfo',
      rolePath: "'Viewer'",
      allowedDomains: ['example.com'],
      allowedGroups: ['platform'],
      groupsPath: 'groups',
      at: addresses,
    },
    plugins: { ids: ['grafana-clickhouse-datasource'], folder: '/opt/grafana/plugins' },
    ldap: {
      config: password,
      servers: [{ host: 'ldap.example.com', port: 389, at: addresses }],
      allowSignUp: true,
    },
    proxy: { url: 'http://proxy.example.com:3128', at: addresses },
    certificateAuthority: { secret: 'grafana', key: 'ca.crt' },
    settings: {
      smtp: { enabled: true, host: 'mail.shop.svc:587', password },
      users: { default_theme: 'light' },
    },
    settingsAt: { smtp: pods },
    database: {
      host: 'postgres.databases.svc',
      name: 'grafana',
      user: 'grafana',
      password,
      certificateAuthority: { secret: 'postgres', key: 'ca.crt' },
      at: pods,
    },
  },
  alertmanager: {
    replicas: 3,
    awsRole: { kind: 'service-account', arn: 'arn:aws:iam::123456789012:role/alertmanager' },
  },
  jaeger: { retention: '72h', sampling: { default: 0.5, services: { checkout: 1 } } },
  nodeAgents: { kind: 'none', reason: 'the cluster admits no privileged pods' },
  cadvisor: { runtime: { kind: 'containerd', socket: '/run/containerd/containerd.sock' } },
  alerting: {
    receivers: [
      { kind: 'webhook', name: 'hook', sendResolved: false, url: token, port: 8443, at: pods },
      { kind: 'slack', name: 'channel', url: token, channel: '#alerts', at: addresses },
      { kind: 'msteams', name: 'teams', url: token },
      { kind: 'pagerduty', name: 'on-call', routingKey: token },
      {
        kind: 'email',
        name: 'mail',
        to: 'team@example.com',
        from: 'alerts@example.com',
        smtp: { host: 'smtp.example.com', port: 465, username: 'alerts', password },
      },
      {
        kind: 'raw',
        name: 'chat',
        loginAt: addresses,
        config: { telegram_configs: [{ bot_token: token, chat_id: 1 }] },
      },
    ],
    defaultReceiver: 'channel',
    groupBy: ['alertname'],
    routes: [
      {
        matchers: ['severity="critical"', 'team=~"shop|search"'],
        receiver: 'on-call',
        continue: true,
        groupBy: ['alertname'],
        repeatInterval: '4h',
        muteTimeIntervals: ['nights'],
        activeTimeIntervals: ['nights'],
        routes: [{ matchers: ['team="shop"'], receiver: 'chat' }],
      },
    ],
    config: {
      receivers: [{ name: 'bot', webhook_configs: [{ url: token }] }],
      time_intervals: [{ name: 'nights', time_intervals: [{ years: [2026] }] }],
    },
    servers: [
      { host: 'api.telegram.org', at: addresses },
      { url: token, at: pods },
    ],
    deadMansSwitch: { url: token, port: 8443, at: addresses },
    proxy: { url: 'http://proxy.example.com:3128', at: addresses },
  },
  nodeExporter: { protection: { kind: 'plain', reason: 'a firewall closes the port' } },
  exposure: {
    grafana: {
      kind: 'ingress',
      host: 'grafana.example.com',
      ingressClass: 'nginx',
      tlsSecret: 'tls',
      probe: { kind: 'service', service: 'edge' },
      otherHosts: ['dashboards.example.com'],
      metricsPassword: password,
      controller: { namespace: 'ingress-nginx', labels: { app: 'nginx' } },
    },
    behindAuthProxy: {
      proxy: { namespace: 'auth', labels: { app: 'proxy' } },
      prometheus: 'https://prometheus.example.com',
    },
  },
  pullSecrets: ['registry'],
  secrets: {
    source: {
      kind: 'external-secrets',
      store: { kind: 'SecretStore', name: 'vault' },
      refreshInterval: '1h30m',
      prefix: 'observability/',
      remote: { alertmanager: { key: 'alerts', values: { slack: { key: 'a', property: 'b' } } } },
      except: ['grafana'],
    },
    versions: { grafana: '2' },
  },
  alerts: [
    { kind: 'with', group: {}, thresholds: { free: 0.1 } },
    { kind: 'without', alert: 'SomethingDown', reason: 'a reason of some length' },
    { kind: 'severities', severities: { page: 'critical' } },
  ],
  waivers: [{ check: 'size', at: 'Service crowsnest/shop', reason: 'a reason of some length' }],
  tolerations: [{ key: 'pool', operator: 'Equal' }],
  applications: ['shop', application],
  annotatedPods: [{ namespace: 'shop', ports: [8080] }],
  parties: [
    {
      name: 'shop',
      workloads: {
        pods,
        nodes: { kind: 'nodes' },
        addresses: {
          kind: 'addresses',
          cidrs: ['192.0.2.0/24'],
          except: ['192.0.2.128/25'],
          service: { namespace: 'shop', name: 'shop' },
          ciliumEntity: 'host',
        },
      },
      endpoints: {
        token: {
          workload: 'pods',
          port: 1,
          authentication: {
            kind: 'token',
            grants: [
              { apiGroups: [''], resources: ['nodes/metrics'], verbs: ['get'] },
              { nonResourceURLs: ['/metrics'], verbs: ['get'] },
            ],
          },
          verification: { kind: 'cluster-ca' },
          offers: [
            metrics('/metrics', {
              labels: { shop: 'north' },
              targetRelabel: [{ source_labels: ['a'], target_label: 'b' }],
              query: { module: ['a'] },
              native: { label_limit: 40 },
              sampleRelabel: [{ source_labels: ['a'], target_label: 'b' }],
              declares: { queue_length: { type: 'gauge', labels: ['queue'] } },
              keep: { also: ['queue_.*'] },
              always: ['queue_length'],
            }),
            {
              capability: 'health',
              live: '/',
              probe: {
                interval: '1m',
                status: [200],
                followRedirects: true,
                native: { module: 'tcp', target: 'db.example.com:5432' },
              },
            },
            { capability: 'web' },
          ],
        },
        bearer: {
          workload: 'pods',
          port: 2,
          authentication: { kind: 'bearer', token },
          offers: [],
        },
        basic: {
          workload: 'pods',
          port: 3,
          authentication: { kind: 'basic', username: 'shop', password },
          verification: { kind: 'unverified', reason: 'it signs its own certificate' },
          offers: [],
        },
        secret: {
          workload: 'pods',
          port: 4,
          authentication: { kind: 'secret', secret: token, others: [password] },
          host: 'grafana.example.com',
          offers: [
            { capability: 'dashboards', configMaps: { labels: { team: 'shop' } } },
            {
              capability: 'datasource',
              variant: 'loki',
              name: 'Logs',
              uid: 'logs',
              jsonData: { httpHeaderName1: 'X-Token', httpHeaderName2: 'X-Scope-OrgID' },
              secureJsonData: { httpHeaderValue1: token, httpHeaderValue2: 'shop' },
            },
            { capability: 'logql' },
          ],
        },
      },
      consumes: [
        {
          capability: 'kubernetes-api',
          workload: 'pods',
          required: true,
          rules: [
            { apiGroups: [''], resources: ['pods'], verbs: ['list'] },
            { nonResourceURLs: ['/healthz'], verbs: ['get'] },
          ],
        },
      ],
      prerequisites: [
        {
          kind: 'Secret',
          name: 'shop',
          in: 'stack',
          keys: {},
          purpose: 'a test',
          rotation: { kind: 'reread', when: 'at once' },
        },
        {
          kind: 'Secret',
          name: 'till',
          in: 'stack',
          purpose: 'a test',
          rotation: { kind: 'manual', steps: 'tell the shop about it' },
        },
      ],
    },
  ],
  components: [
    {
      name: 'gate',
      workloads: { gate: { kind: 'own', namespace: 'stack' } },
      endpoints: {},
      consumes: [],
      rereads: { except: [token] },
      programs: {
        gate: {
          flags: {
            verbose: { takes: z.literal('true'), needed: false },
            data: { takes: z.string(), mounted: { host: '/data', writes: true } },
          },
          uses: { '/cache': { host: '/var/cache', writes: true } },
          together: [['verbose']],
          oneOf: ['verbose'],
          memoryLimit: 'itself',
          files: [{ path: '/gate.yml', format: yaml, schema: z.looseObject({}), reload: 'itself' }],
        },
      },
      readme: {
        page: { endpoint: 'web', url: 'https://gate.example.com' },
        workloads: ['It guards.'],
        volumes: ['None.'],
        sections: ['## Gate'],
      },
      render: () => {},
    },
  ],
} satisfies EnvironmentOptions;

/** The same environment with the other alternatives of places that can have only one. */
export const others = {
  ...valid,
  secrets: { source: { kind: 'sealed-secrets', folder: 'secrets/test', except: ['grafana'] } },
  proxy: {
    url: 'http://proxy.proxies.svc',
    at: pods,
    certificateAuthority: { secret: 'trusted-ca', key: 'ca.crt' },
  },
  prometheus: {
    scrapeConfigs: [
      { ...valid.prometheus.scrapeConfigs[1]!, at: pods, loginAt: addresses },
      { ...valid.prometheus.scrapeConfigs[0]!, proxyAt: addresses },
    ],
  },
  blackboxExporter: { probes: [{ url: 'https://shop.shop.svc/health', at: pods }] },
  grafana: {
    oidc: { ...valid.grafana.oidc, at: pods },
    database: { ...valid.grafana.database, at: addresses },
    ldap: { config: password, servers: [{ host: 'ldap.shop.svc', at: pods }] },
    proxy: { url: 'http://proxy.proxies.svc', at: pods },
    certificateAuthority: { configMap: 'trusted-ca', key: 'ca.crt' },
    settings: valid.grafana.settings,
    settingsAt: { smtp: addresses },
  },
  alerting: {
    ...valid.alerting,
    receivers: valid.alerting.receivers.map((one) =>
      one.kind === 'raw' ? { ...one, loginAt: pods } : one,
    ),
    deadMansSwitch: { url: token, at: pods },
    proxy: { url: 'http://proxy.proxies.svc', at: pods },
  },
  cadvisor: { runtime: { kind: 'docker' } },
  containerMetrics: 'cadvisor',
  nodeAgents: { kind: 'deployed' },
  nodeExporter: { protection: { kind: 'kube-rbac-proxy' } },
  exposure: {
    grafana: {
      kind: 'gateway',
      host: 'grafana.example.com',
      gateway: { namespace: 'gateways', name: 'public', listener: 'https' },
      metricsPassword: password,
      probe: { kind: 'host', at: addresses },
      controller: { kind: 'addresses', cidrs: ['10.0.0.0/20'] },
    },
    behindAuthProxy: {
      proxy: { kind: 'addresses', cidrs: ['10.0.0.0/20'] },
      prometheus: 'https://prometheus.example.com',
      route: {
        kind: 'ingress',
        ingressClass: 'alb',
        tlsSecret: { heldBy: 'load-balancer' },
        authentication: 'the load balancer has an OIDC action',
      },
    },
  },
} satisfies EnvironmentOptions;

/** Further ways to expose components. */
export const routed = {
  ...minimal,
  exposure: {
    grafana: {
      kind: 'ingress',
      host: 'grafana.example.com',
      tlsSecret: { heldBy: 'load-balancer' },
      metricsPassword: password,
      probe: { kind: 'host', at: pods },
      controller: { kind: 'google-load-balancer', cidrs: ['10.129.0.0/23'] },
    },
    behindAuthProxy: {
      proxy: { kind: 'pods', namespace: 'gateways', labels: { app: 'envoy' } },
      jaeger: 'https://jaeger.example.com',
      route: {
        kind: 'gateway',
        gateway: { namespace: 'gateways', name: 'public', listener: 'https' },
        authentication: 'a SecurityPolicy of Envoy requires a login',
      },
    },
  },
} satisfies EnvironmentOptions;
