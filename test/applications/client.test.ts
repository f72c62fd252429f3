import { expect, test } from 'vitest';
import { prometheusFilesIn } from '../../src/checks/support/prometheus-file.js';
import { loadChecks } from '../../src/load-checks.js';
import { checkInputOf, runChecks } from '../../src/run-checks.js';
import { faultsIn, service, serviceMonitor, stackWith } from './applications.js';

const { checks } = await loadChecks();

const serverOf = (name: string, port: number, targetPort: number): string => `---
kind: Service
metadata: { name: ${name}, namespace: shop }
spec: { selector: { app: ${name} }, ports: [{ port: ${port}, targetPort: ${targetPort} }] }
`;

const clientId = `---
kind: ConfigMap
metadata: { name: login, namespace: shop }
data: { id: crowsnest }
`;

const oauth2 = (more = '', tokenUrl = 'https://login.example.com/token') =>
  `oauth2: { clientId: { configMap: { name: login, key: id } }, clientSecret: { name: login, key: secret }, tokenUrl: '${tokenUrl}', scopes: [metrics], ${more} }`;

/** The job of a name, and the policies of Prometheus, of a stack that passes all checks. */
const jobOf = (text: string, name: string) => {
  const stack = stackWith({ 'shop.yaml': text });
  const input = checkInputOf(stack, [], {});
  expect(runChecks(stack, checks, input)).toEqual([]);
  const jobs = prometheusFilesIn(input).flatMap(({ config }) => config.scrape_configs ?? []);
  const policy = stack.manifests.find(
    ({ object: { kind, metadata } }) =>
      kind === 'NetworkPolicy' && metadata.name === 'crowsnest-prometheus',
  );
  return {
    job: jobs.find(({ job_name }) => job_name === name),
    egress: (policy!.object.spec as { egress: object[] }).egress,
  };
};

test('a monitor scrapes through a proxy, and logs in at a token server', () => {
  const endpoint = `{ port: http, proxyUrl: 'http://proxy.shop.svc:3128', noProxy: example.org, ${oauth2()} }`;
  const { job, egress } = jobOf(
    `${service}---\n${serviceMonitor(endpoint)}${clientId}${serverOf('proxy', 3128, 13128)}`,
    'serviceMonitor/shop/shop/0',
  );
  expect(job).toMatchObject({
    proxy_url: 'http://proxy.shop.svc:3128',
    no_proxy: 'example.org',
    oauth2: {
      client_id: 'crowsnest',
      client_secret_file: '/etc/crowsnest/secrets/login/secret',
      token_url: 'https://login.example.com/token',
      scopes: ['metrics'],
    },
  });
  expect(egress).toContainEqual(
    expect.objectContaining({
      ports: [{ port: 13128, protocol: 'TCP' }],
      to: [expect.objectContaining({ podSelector: { matchLabels: { app: 'proxy' } } })],
    }),
  );
  expect(JSON.stringify(egress)).toMatch(/"cidr":"0\.0\.0\.0\/0"[^\]]*\]/);
});

test('a proxy and a token server can be addresses, and a proxy can use SOCKS', () => {
  const endpoint = `{ port: http, proxyUrl: 'socks5://192.0.2.9', ${oauth2('', 'http://192.0.2.8:8080/token')} }`;
  const { egress } = jobOf(
    `${service}---\n${serviceMonitor(endpoint)}${clientId}`,
    'serviceMonitor/shop/shop/0',
  );
  for (const [cidr, port] of [
    ['192.0.2.9/32', 1080],
    ['192.0.2.8/32', 8080],
  ]) {
    expect(egress).toContainEqual({
      ports: [{ port, protocol: 'TCP' }],
      to: [{ ipBlock: { cidr } }],
    });
  }
});

const prober = serverOf('blackbox', 80, 9115);

const probe = (spec: string): string =>
  `kind: Probe\nmetadata: { name: pages, namespace: shop }\nspec: ${spec}\n`;

test('a Probe through another prober becomes the job of the operator', () => {
  const { job, egress } = jobOf(
    `${probe(`
  jobName: pages
  prober: { url: blackbox.shop.svc, path: /check }
  module: tcp_connect
  params: [{ name: debug, values: ['true'] }]
  interval: 1m
  basicAuth: { username: { name: blackbox, key: user }, password: { name: blackbox, key: password } }
  targets: { staticConfig: { static: ['db.shop.svc:5432'], labels: { team: shop }, relabelingConfigs: [{ targetLabel: tier, replacement: db }] } }`)}${prober}`,
    'probe/shop/pages',
  );
  expect(job).toMatchObject({
    metrics_path: '/check',
    params: { module: ['tcp_connect'], debug: ['true'] },
    scrape_interval: '1m',
    basic_auth: { password_file: '/etc/crowsnest/secrets/blackbox/password' },
    static_configs: [
      { targets: ['db.shop.svc:5432'], labels: { namespace: 'shop', team: 'shop' } },
    ],
    relabel_configs: [
      { target_label: 'job', replacement: 'pages' },
      { source_labels: ['__address__'], target_label: '__param_target' },
      { source_labels: ['__param_target'], target_label: 'instance' },
      { target_label: '__address__', replacement: 'blackbox.shop.svc' },
      { target_label: 'tier', replacement: 'db' },
    ],
  });
  expect(egress).toContainEqual(
    expect.objectContaining({
      ports: [{ port: 9115, protocol: 'TCP' }],
      to: [expect.objectContaining({ podSelector: { matchLabels: { app: 'blackbox' } } })],
    }),
  );
});

const authority = (key = 'ca.crt', text = '-----BEGIN CERTIFICATE-----') => `---
kind: ConfigMap
metadata: { name: ca, namespace: shop }
data: { ${key}: "${text}\\nMIIB\\n-----END CERTIFICATE-----\\n" }
`;
const trusting =
  '{ port: http, scheme: https, tlsConfig: { ca: { configMap: { name: ca, key: ca.crt } }, serverName: shop } }';

test('a certificate authority in a ConfigMap of applications/ is in the configuration itself', () => {
  const { job } = jobOf(
    `${service}---\n${serviceMonitor(trusting)}${authority()}`,
    'serviceMonitor/shop/shop/0',
  );
  expect(job).toMatchObject({
    scheme: 'https',
    tls_config: {
      ca: '-----BEGIN CERTIFICATE-----\nMIIB\n-----END CERTIFICATE-----\n',
      server_name: 'shop',
    },
  });
});

test.each([
  ['no ConfigMap', ''],
  ['another key', authority('other.crt')],
  ['no certificate', authority('ca.crt', 'hello')],
])('a reference to a certificate authority is rejected if there is %s', (_, map) => {
  expect(faultsIn(`${service}---\n${serviceMonitor(trusting)}${map}`)).toEqual([
    'invalid-value ServiceMonitor shop: spec.endpoints[0].tlsConfig.ca.configMap',
  ]);
});

test('a prober outside the cluster is a party too', () => {
  const { job } = jobOf(
    probe(
      "{ prober: { url: 'prober.example.com', scheme: https }, targets: { staticConfig: { static: ['a.example.com'] } } }",
    ),
    'probe/shop/pages',
  );
  expect(job).toMatchObject({ scheme: 'https', metrics_path: '/probe' });
});

test.each<[string, string, string[]]>([
  [
    'a client id in a Secret',
    serviceMonitor(`{ port: http, ${oauth2().replace('configMap:', 'secret:')} }`),
    [
      'invalid-value ServiceMonitor shop: spec.endpoints[0].oauth2.clientId.secret',
      'missing-option ServiceMonitor shop: spec.endpoints[0].oauth2.clientId.configMap',
    ],
  ],
  [
    'a client id that no ConfigMap has',
    serviceMonitor(`{ port: http, ${oauth2()} }`),
    ['unknown-client-id ServiceMonitor shop: spec.endpoints[0].oauth2.clientId'],
  ],
  [
    'a token server without verification',
    serviceMonitor(`{ port: http, ${oauth2('tlsConfig: { insecureSkipVerify: true }')} }`),
    [
      'invalid-value ServiceMonitor shop: spec.endpoints[0].oauth2.tlsConfig.insecureSkipVerify',
      'unknown-client-id ServiceMonitor shop: spec.endpoints[0].oauth2.clientId',
    ],
  ],
  [
    'two logins',
    serviceMonitor(
      `{ port: http, ${oauth2()}, authorization: { credentials: { name: a, key: b } } }`,
    ),
    ['invalid-value ServiceMonitor shop: spec.endpoints[0].oauth2'],
  ],
  [
    'a proxy in the cluster without its Service',
    serviceMonitor("{ port: http, proxyUrl: 'http://proxy.shop.svc:3128' }"),
    ['unknown-server ServiceMonitor shop: spec.endpoints[0].proxyUrl'],
  ],
  [
    'a proxy with a password',
    serviceMonitor("{ port: http, proxyUrl: 'http://me:hunter2@proxy.example.com:3128' }"),
    ['invalid-value ServiceMonitor shop: spec.endpoints[0].proxyUrl'],
  ],
  [
    'a proxy in the environment of the process',
    serviceMonitor('{ port: http, proxyFromEnvironment: true }'),
    ['invalid-value ServiceMonitor shop: spec.endpoints[0].proxyFromEnvironment'],
  ],
])('%s is reported', (_, text, expected) => {
  expect(faultsIn(`${service}---\n${text}`)).toEqual(expected);
});
