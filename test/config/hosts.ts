import type { EnvironmentOptions } from '../../src/environment/environment.js';

const secret = { secret: 'login', key: 'password' };
export const shop = { kind: 'pods', namespace: 'shop', labels: { app: 'shop' } } as const;

const receiver = (config: object) => ({
  alerting: { receivers: [{ kind: 'raw', name: 'chat', config }], defaultReceiver: 'chat' },
});
const global = (fields: object, integrations: object) => ({
  alerting: {
    config: {
      global: fields,
      route: { receiver: 'chat' },
      receivers: [{ name: 'chat', ...integrations }],
    },
  },
});
const job = (config: object) => ({
  prometheus: { scrapeConfigs: [{ config: { job_name: 'shop', ...config } }] },
});
const listed = { static_configs: [{ targets: ['shop.example.com:9100'] }] };
const oauth2 = (host: string) => ({
  client_id: 'shop',
  client_secret: secret,
  token_url: `https://${host}/token`,
});
const oidc = (fields: object) => ({
  grafana: {
    oidc: {
      name: 'SSO',
      clientId: 'grafana',
      clientSecret: secret,
      rolePath: "email == 'a@example.com' && 'Admin'",
      authorizationUrl: 'https://login.example.com/authorize',
      tokenUrl: 'https://login.example.com/token',
      userInfoUrl: 'https://login.example.com/user',
      allowedDomains: ['example.com'],
      ...fields,
    },
  },
});
const setting = (section: string, fields: object) => ({
  grafana: { settings: { [section]: fields } },
});

/** Options with a host to which something connects, without a place: by the fields that have it. */
export const hosts: Readonly<Record<string, (host: string) => object>> = {
  'prometheus.remoteWrite.url': (host) => ({
    prometheus: { remoteWrite: [{ name: 'mimir', url: `https://${host}/push?a=b` }] },
  }),
  'prometheus.remoteWrite.oauth2.token_url': (host) => ({
    prometheus: {
      remoteWrite: [{ name: 'mimir', url: 'https://mimir.example.com/', oauth2: oauth2(host) }],
    },
  }),
  'prometheus.remoteRead.url': (host) => ({
    prometheus: { remoteRead: [{ name: 'mimir', url: `http://${host}:8080/read` }] },
  }),
  'prometheus.alertmanagers.static_configs': (host) => ({
    prometheus: { alertmanagers: [{ static_configs: [{ targets: [`${host}:9093`] }] }] },
  }),
  'prometheus.scrapeConfigs.static_configs': (host) =>
    job({ static_configs: [{ targets: [`${host}:9100`] }] }),
  'prometheus.scrapeConfigs.dns_sd_configs': (host) =>
    job({ dns_sd_configs: [{ names: [host], type: 'A', port: 9100 }] }),
  'prometheus.scrapeConfigs.relabel_configs': (host) =>
    job({
      ...listed,
      relabel_configs: [{ target_label: '__address__', replacement: `${host}:9100` }],
    }),
  'prometheus.scrapeConfigs.proxy_url': (host) =>
    job({ ...listed, proxy_url: `http://${host}:3128` }),
  'prometheus.scrapeConfigs.oauth2.token_url': (host) => job({ ...listed, oauth2: oauth2(host) }),
  'blackboxExporter.probes.*.target': (host) => ({
    blackboxExporter: {
      modules: { tcp: { prober: 'tcp' } },
      probes: [{ target: `${host}:5432`, module: 'tcp' }],
    },
  }),
  'blackboxExporter.probes.*.url': (host) => ({
    blackboxExporter: { probes: [{ url: `https://${host}/` }] },
  }),
  'otelGateway.store.url': (host) => ({
    otelGateway: { enabled: true, store: { url: `https://${host}:4317` } },
  }),
  'logAgent.store.url': (host) => ({
    logAgent: { enabled: true, store: { url: `https://${host}:4318` } },
  }),
  'grafana.oidc.tokenUrl': (host) => oidc({ tokenUrl: `https://${host}/token` }),
  'grafana.oidc.userInfoUrl': (host) => oidc({ userInfoUrl: `https://${host}/user` }),
  'grafana.ldap.servers.*.host': (host) => ({
    grafana: { ldap: { config: secret, servers: [{ host }] } },
  }),
  'grafana.settings.smtp': (host) => setting('smtp', { enabled: true, host: `${host}:587` }),
  'grafana.settings.auth.saml': (host) =>
    setting('auth.saml', { enabled: true, idp_metadata_url: `https://${host}/metadata` }),
  'grafana.settings.auth.jwt': (host) =>
    setting('auth.jwt', { enabled: true, jwk_set_url: `https://${host}/keys` }),
  'grafana.settings.rendering': (host) =>
    setting('rendering', {
      server_url: `http://${host}/render`,
      callback_url: 'https://grafana.example.com/',
    }),
  'alerting.receivers.*.smtp.host': (host) => ({
    alerting: {
      receivers: [
        { kind: 'email', name: 'mail', to: 'a@example.com', from: 'b@example.com', smtp: { host } },
      ],
      defaultReceiver: 'mail',
    },
  }),
  'config.EmailConfig smarthost': (host) =>
    receiver({
      email_configs: [{ to: 'a@example.com', from: 'b@example.com', smarthost: `${host}:587` }],
    }),
  'config.GlobalConfig smtp_smarthost': (host) =>
    global(
      { smtp_smarthost: `${host}:587`, smtp_from: 'b@example.com' },
      { email_configs: [{ to: 'a@example.com' }] },
    ),
  'config.GlobalConfig opsgenie_api_url': (host) =>
    global(
      { opsgenie_api_url: `https://${host}/`, opsgenie_api_key: secret },
      { opsgenie_configs: [{}] },
    ),
  'config.OAuth2 token_url': (host) =>
    receiver({ opsgenie_configs: [{ api_key: secret, http_config: { oauth2: oauth2(host) } }] }),
  'config.RocketchatConfig api_url': (host) =>
    receiver({
      rocketchat_configs: [
        { api_url: `https://${host}/`, token: secret, token_id: secret, channel: '#shop' },
      ],
    }),
  'config.SNSConfig api_url': (host) =>
    receiver({
      sns_configs: [
        {
          api_url: `https://${host}/`,
          topic_arn: 'arn:aws:sns:us-east-2:123456789012:shop',
          sigv4: { region: 'us-east-2' },
        },
      ],
    }),
  'config.SlackConfig app_url': (host) =>
    receiver({
      slack_configs: [{ app_token: secret, app_url: `https://${host}/api`, channel: 'shop' }],
    }),
  'config.VictorOpsConfig api_url': (host) =>
    receiver({
      victorops_configs: [{ api_key: secret, routing_key: 'shop', api_url: `https://${host}/` }],
    }),
  'config.WebexConfig api_url': (host) =>
    receiver({
      webex_configs: [
        {
          api_url: `https://${host}/`,
          room_id: 'shop',
          http_config: { authorization: { credentials: secret } },
        },
      ],
    }),
  'config.WechatConfig api_url': (host) =>
    receiver({
      wechat_configs: [
        { api_url: `https://${host}/`, api_secret: secret, corp_id: 'shop', to_user: 'a' },
      ],
    }),
  'incidentio.IncidentioConfig url': (host) =>
    receiver({ incidentio_configs: [{ url: `https://${host}/`, alert_source_token: secret }] }),
  'jira.JiraConfig api_url': (host) =>
    receiver({
      jira_configs: [
        {
          api_url: `https://${host}/`,
          project: 'SHOP',
          issue_type: 'Bug',
          http_config: { basic_auth: { username: 'a', password: secret } },
        },
      ],
    }),
  'opsgenie.OpsGenieConfig api_url': (host) =>
    receiver({ opsgenie_configs: [{ api_key: secret, api_url: `https://${host}/` }] }),
  'pagerduty.PagerdutyConfig url': (host) =>
    receiver({ pagerduty_configs: [{ routing_key: secret, url: `https://${host}/` }] }),
  'telegram.TelegramConfig api_url': (host) =>
    receiver({
      telegram_configs: [{ bot_token: secret, chat_id: 1, api_url: `https://${host}/` }],
    }),
};

const party = (host: string, workload: object) => ({
  parties: [
    {
      name: 'loki',
      workloads: { loki: workload },
      endpoints: {
        web: { port: 3100, host, offers: [{ capability: 'datasource', variant: 'loki' }] },
      },
      consumes: [],
    },
  ],
});

/** Options with a host and its place, with the path at which a finding reports it. */
export const placedHosts: Readonly<
  Record<string, readonly [path: string, options: (host: string, at: object) => object]>
> = {
  'parties.*.endpoints.*.host': ['parties[0].endpoints.web.host', party],
  'prometheus.remoteWrite.url': [
    'prometheus.remoteWrite[0]',
    (host, at) => ({
      prometheus: { remoteWrite: [{ name: 'mimir', url: `https://${host}/`, at }] },
    }),
  ],
  'prometheus.scrapeConfigs.static_configs': [
    'prometheus.scrapeConfigs[0]',
    (host, at) => ({
      prometheus: {
        scrapeConfigs: [
          { at, config: { job_name: 'a', static_configs: [{ targets: [`${host}:9100`] }] } },
        ],
      },
    }),
  ],
  'otelGateway.store.url': [
    'otelGateway.store.url',
    (host, at) => ({
      otelGateway: { enabled: true, store: { url: `https://${host}:4317`, at } },
    }),
  ],
  'logAgent.store.url': [
    'logAgent.store.url',
    (host, at) => ({
      logAgent: { enabled: true, store: { url: `https://${host}:4318`, at } },
    }),
  ],
  'alerting.proxy.url': [
    'alerting.receivers[0]',
    (host, at) => ({
      alerting: {
        proxy: { url: `http://${host}:3128`, at },
        receivers: [{ kind: 'slack', name: 'chat', url: secret }],
        defaultReceiver: 'chat',
      },
    }),
  ],
  'alerting.receivers.*.smtp.host': [
    'alerting.receivers[0]',
    (host, at) => ({
      alerting: {
        receivers: [
          {
            kind: 'email',
            name: 'mail',
            to: 'a@example.com',
            from: 'b@example.com',
            smtp: { host },
            at,
          },
        ],
        defaultReceiver: 'mail',
      },
    }),
  ],
  'alerting.servers.*.host': [
    'alerting.receivers[0]',
    (host, at) => ({
      alerting: {
        ...receiver({ opsgenie_configs: [{ api_key: secret, api_url: `https://${host}/` }] })
          .alerting,
        servers: [{ host, at }],
      },
    }),
  ],
  'proxy.url': ['grafana.proxy', (host, at) => ({ proxy: { url: `http://${host}:3128`, at } })],
  'grafana.proxy.url': [
    'grafana.proxy',
    (host, at) => ({ grafana: { proxy: { url: `http://${host}:3128`, at } } }),
  ],
  'grafana.database.host': [
    'grafana.database',
    (host, at) => ({
      grafana: {
        database: {
          host,
          name: 'grafana',
          user: 'grafana',
          password: secret,
          certificateAuthority: secret,
          at,
        },
      },
    }),
  ],
  'grafana.ldap.servers.*.host': [
    'grafana.ldap.servers[0]',
    (host, at) => ({ grafana: { ldap: { config: secret, servers: [{ host, at }] } } }),
  ],
  'postgresExporter.servers.*.host': [
    'postgresExporter.servers[0]',
    (host, at) => ({
      postgresExporter: {
        servers: [
          {
            name: 'orders',
            host,
            user: 'monitoring',
            password: secret,
            tls: { kind: 'plain', reason: 'a mesh encrypts it' },
            at,
          },
        ],
      },
    }),
  ],
  'redisExporter.servers.*.host': [
    'redisExporter.servers[0]',
    (host, at) => ({ redisExporter: { servers: [{ name: 'carts', host, at }] } }),
  ],
};

/** Fields with a host to which nothing of the stack connects, each with the reason. */
export const withoutConnection: Readonly<Record<string, string>> = {
  'grafana.oidc.authorizationUrl': 'the browser opens it',
  'exposure.grafana.host': 'clients use it',
  'exposure.grafana.otherHosts.*': 'clients use it',
  'exposure.behindAuthProxy.prometheus': 'clients use it',
  'exposure.behindAuthProxy.alertmanager': 'clients use it',
  'exposure.behindAuthProxy.jaeger': 'clients use it',
  'cluster.apiServer.serviceAddress': 'its own place',
  'parties.*.endpoints.*.verification.serverName': 'a name in a certificate',
  'parties.*.endpoints.*.virtualHost': 'a name in a request',
  runbooks: 'the browser opens it',
};

export type Options = EnvironmentOptions;
