import { describe, expect, test } from 'vitest';
import { loadMonitors } from '../../src/applications/load.js';
import { withApplications } from '../../src/applications/merge.js';
import { fill, temporaryFolder } from '../output/folder.js';
import { faultsIn, loaded, podMonitor, service, serviceMonitor } from './applications.js';

const both = (endpoint: string, more = '') => `${service}---\n${serviceMonitor(endpoint, more)}`;
const at = (code: string, path: string) => [`${code} ServiceMonitor shop: ${path}`];

describe('an endpoint is accepted', () => {
  test.each([
    ['{ port: http }'],
    ['{ port: http, interval: "", scrapeTimeout: "", path: "", scheme: "" }'],
    ['{ port: http, relabelings: null, metricRelabelings: [] }'],
    ['{ port: http, scheme: HTTPS, tlsConfig: { insecureSkipVerify: true } }'],
    ['{ port: http, bearerTokenFile: "", bearerTokenSecret: { key: "", name: "" } }'],
    ['{ port: http, bearerTokenSecret: { name: shop, key: token } }'],
    ['{ port: http, authorization: { credentials: { name: shop, key: token } } }'],
    [
      '{ port: http, scheme: https, tlsConfig: { ca: { secret: { name: ca, key: ca.crt } }, serverName: shop } }',
    ],
    [
      '{ port: http, scheme: https, tlsConfig: { ca: {}, caFile: /var/run/secrets/kubernetes.io/serviceaccount/ca.crt } }',
    ],
    ['{ port: http, enableHttp2: false, followRedirects: true, honorTimestamps: false }'],
    [
      '{ port: http, relabelings: [{ action: labelmap, regex: __meta_kubernetes_pod_label_(.+) }] }',
    ],
    [
      '{ port: http, metricRelabelings: [{ sourceLabels: [a], action: keep, replacement: "$1", separator: ";" }] }',
    ],
    ['{ targetPort: 8080 }'],
    ['{ port: http, interval: 1m, scrapeTimeout: 60s }'],
    ['{ port: http, scrapeTimeout: 5s }'],
  ])('%s', (endpoint) => {
    expect(faultsIn(both(endpoint))).toEqual([]);
  });
});

describe('an endpoint is rejected', () => {
  test.each([
    [
      '{ port: http, bearerTokenFile: /var/run/secrets/kubernetes.io/serviceaccount/token }',
      'bearerTokenFile',
    ],
    ['{ port: http, proxyUrl: "ftp://proxy.example.com" }', 'proxyUrl'],
    ['{ port: http, proxyConnectHeader: {} }', 'proxyConnectHeader'],
    ['{ port: http, tlsConfig: { caFile: /etc/ca.crt } }', 'tlsConfig.caFile'],
    [
      '{ port: http, tlsConfig: { ca: { configMap: { name: ca, key: ca.crt } } } }',
      'tlsConfig.ca.configMap',
    ],
    ['{ port: http, tlsConfig: { cert: { secret: { name: a, key: b } } } }', 'tlsConfig.keySecret'],
    ['{ port: http, scheme: ftp }', 'scheme'],
    ['{ port: http, interval: 30 }', 'interval'],
    ['{ port: http, interval: 60s, scrapeTimeout: 90s }', 'scrapeTimeout'],
    ['{ port: http, metricRelabelings: [{ action: drp }] }', 'metricRelabelings[0].action'],
    [
      '{ port: http, metricRelabelings: [{ regex: "(" , action: drop, sourceLabels: [a] }] }',
      'metricRelabelings[0].regex',
    ],
    ['{ port: http, relabelings: [{ sourceLabels: [a] }] }', 'relabelings[0].targetLabel'],
    [
      '{ port: http, metricRelabelings: [{ action: labeldrop, regex: a, sourceLabels: [a] }] }',
      'metricRelabelings[0].sourceLabels',
    ],
  ])('%s', (endpoint, path) => {
    const [fault, ...others] = faultsIn(both(endpoint));
    expect(others).toEqual([]);
    expect(fault).toMatch(/^(invalid-value|missing-option|unknown-option) /);
    expect(fault!.split(': ')[1]).toBe(`spec.endpoints[0].${path}`);
  });

  test('with two ways to log in', () => {
    const secret = '{ name: a, key: b }';
    const endpoint = `{ port: http, authorization: { credentials: ${secret} }, basicAuth: { username: ${secret}, password: ${secret} } }`;
    expect(faultsIn(both(endpoint))).toEqual(
      at('invalid-value', 'spec.endpoints[0].authorization'),
    );
  });

  test('with a step that changes the address', () => {
    const step = '{ targetLabel: __address__, replacement: "$1:9000" }';
    expect(faultsIn(both(`{ port: http, relabelings: [${step}] }`))).toEqual(
      at('other-address', 'spec.endpoints[0].relabelings[0]'),
    );
  });
});

describe('what a monitor selects must be known', () => {
  test('a missing Service', () => {
    const { findings } = loaded({ 'shop.yaml': serviceMonitor('{ port: http }') });
    expect(findings).toMatchObject([
      { code: 'applications/no-service', remedy: expect.stringContaining('targetPort: 8080') },
    ]);
  });

  test('a Service with other labels', () => {
    const text = `${service.replace('app: shop,', 'app: shp,')}---\n${serviceMonitor('{ port: http }')}`;
    const [finding] = loaded({ 'shop.yaml': text }).findings;
    expect(finding).toMatchObject({
      code: 'applications/no-service',
      why: 'The Service shop has the labels app=shp,team=cart.',
    });
  });

  test('a Service in another namespace', () => {
    const text = both('{ port: http }').replace(
      'kind: Service\nmetadata: { name: shop, namespace: shop',
      'kind: Service\nmetadata: { name: shop, namespace: cart',
    );
    const { findings } = loaded({ 'shop.yaml': text });
    expect(findings).toMatchObject([
      {
        code: 'applications/no-service',
        why: 'The Service shop of the namespace cart has these labels.',
        remedy: expect.stringContaining('matchNames: [cart]'),
      },
    ]);
  });

  test('a Service in only one of the listed namespaces', () => {
    const [finding] = loaded({
      'shop.yaml': both('{ port: http }', 'namespaceSelector: { matchNames: [shop, cart] }'),
    }).findings;
    expect(finding?.remedy).toMatch(/^Remove cart from namespaceSelector.matchNames/);
  });

  test.each([
    ['app.kubernetes.io/name: kubelet', 'kube-system', 'the kubelet'],
    ['k8s-app: kube-dns', 'kube-system', 'the cluster DNS'],
    ['component: apiserver', 'default', 'the API server'],
    ['app: kubelet', 'shop', undefined],
    ['app: constructor', 'default', undefined],
  ])('a Service with %s in %s, which selects %s', (label, namespace, subject) => {
    const monitor = serviceMonitor('{ port: http }')
      .replace('matchLabels: { app: shop }', `matchLabels: { ${label} }`)
      .replace('namespace: shop', `namespace: ${namespace}`);
    const [finding] = loaded({ 'shop.yaml': monitor }).findings;
    expect(finding?.code).toBe('applications/no-service');
    if (subject) expect(finding?.why).toContain(subject);
    else expect(finding?.why).not.toContain('already scrapes');
  });

  test('a Service of type ExternalName has no pods, and a ScrapeConfig is named', () => {
    const text = both('{ port: http }').replace(
      'selector: { app: shop }\n',
      'type: ExternalName\n  externalName: db.example.com\n',
    );
    const [finding] = loaded({ 'shop.yaml': text }).findings;
    expect(finding).toMatchObject({
      code: 'applications/no-pods',
      remedy: expect.stringContaining('names: [db.example.com]'),
    });
  });

  test('a Service that several endpoints need is reported once', () => {
    expect(faultsIn(serviceMonitor('{ port: http }, { port: admin }'))).toHaveLength(1);
  });

  test('pods whose version is in the selector of their Service', () => {
    const text = both('{ port: http }').replace(
      'selector: { app: shop }\n  ports',
      'selector: { app: shop, app.kubernetes.io/version: "1" }\n  ports',
    );
    const [{ parties } = { parties: [] }] = loaded({ 'shop.yaml': text }).monitors;
    expect(parties[0]?.workloads.shop).toMatchObject({ labels: { app: 'shop' } });
    expect(JSON.stringify(parties[0]?.workloads)).not.toContain('version');
  });

  test('a misspelt port', () => {
    const [finding] = loaded({ 'shop.yaml': both('{ port: htp }') }).findings;
    expect(finding).toMatchObject({ code: 'applications/unknown-port', suggestion: 'http' });
  });

  test('the number of a named port of the pods', () => {
    const text = both('{ port: http }').replace('targetPort: 8080', 'targetPort: web');
    expect(faultsIn(text)).toEqual(at('unknown-pod-port', 'spec.endpoints[0].port'));
    const pod = `---
kind: Pod
metadata: { name: shop, namespace: shop, labels: { app: shop } }
spec: { containers: [{ name: shop, ports: [{ name: web, containerPort: 8080 }] }] }
`;
    expect(faultsIn(text + pod)).toEqual([]);
    expect(faultsIn(text + pod.replace('app: shop', 'app: cart'))).toHaveLength(1);
    expect(faultsIn(text + pod.replace('namespace: shop', 'namespace: cart'))).toHaveLength(1);
  });

  test('the number of a named port of a PodMonitor', () => {
    expect(faultsIn(podMonitor('{ port: web }'))).toEqual([
      'unknown-pod-port PodMonitor cart: spec.podMetricsEndpoints[0].port',
    ]);
    expect(faultsIn(podMonitor('{ portNumber: 80 }'))).toEqual([]);
    expect(faultsIn(podMonitor('{ targetPort: 80 }'))).toEqual([]);
    expect(faultsIn(podMonitor('{ path: /stats }'))).toHaveLength(1);
  });

  test('all namespaces', () => {
    const [finding] = loaded({
      'shop.yaml': both('{ port: http }', 'namespaceSelector: { any: true }'),
    }).findings;
    expect(finding).toMatchObject({
      code: 'applications/all-namespaces',
      remedy: expect.stringContaining('matchNames: [shop]'),
    });
    expect(
      faultsIn(both('{ port: http }', 'namespaceSelector: { any: true, matchNames: [shop] }')),
    ).toEqual([]);
  });

  test('the namespace of a monitor, if no object beside it has one', () => {
    const without = both('{ port: http }').replaceAll(', namespace: shop', '');
    expect(faultsIn(without)).toEqual(['no-namespace ServiceMonitor shop: metadata']);
    expect(faultsIn(without.replace('name: shop', 'name: shop, namespace: shop'))).toEqual([]);
  });

  test('the addresses of a Service without a selector', () => {
    const text = both('{ port: http }').replace('  selector: { app: shop }\n', '');
    expect(faultsIn(text)).toEqual(at('no-pods', 'spec.endpoints[0]'));
    const endpoints = `---
kind: Endpoints
metadata: { name: shop, namespace: shop }
subsets: [{ addresses: [{ ip: 192.0.2.1 }], ports: [{ name: http, port: 8080 }] }]
`;
    expect(faultsIn(text + endpoints)).toEqual([]);
  });
});

describe('a document', () => {
  test.each([
    ['kind: ServiceMonitr\nmetadata: { name: a }', ['unknown-kind ServiceMonitr a']],
    ['kind: PrometheusRule\nmetadata: { name: a }', ['unknown-kind PrometheusRule a']],
    [
      'apiVersion: monitoring.coreos.com/v1\nkind: Prometheus\nmetadata: { name: a }',
      ['unknown-kind Prometheus a'],
    ],
    ['a: b', ['unknown-kind ']],
    ['kind: ConfigMap\nmetadata: { name: a }', ['no-monitor ']],
    [`kind: ConfigMap\nmetadata: { name: a }\n---\n${both('{ port: http }')}`, []],
    [
      `${both('{ port: http }')}---\n${serviceMonitor('{ port: http }')}`,
      ['duplicate-monitor ServiceMonitor shop'],
    ],
    ['kind: {{ .Values.kind }}', ['invalid-yaml ']],
    ['', []],
  ])('%j', (text, codes) => {
    expect(faultsIn(text)).toEqual(codes);
  });
});

test('other kinds of the operator are warnings that say where their content belongs', () => {
  const other = (kind: string) =>
    `apiVersion: monitoring.coreos.com/v1\nkind: ${kind}\nmetadata: { name: a }`;
  const of = (kind: string) => loaded({ 'shop.yaml': other(kind) }).findings;
  expect(of('PrometheusRule')).toMatchObject([
    { severity: 'warning', remedy: expect.stringContaining('alerts/') },
  ]);
  expect(of('AlertmanagerConfig')).toMatchObject([
    { severity: 'warning', remedy: expect.stringContaining('alerting.config') },
  ]);
  expect(of('ServiceMonitr')).toMatchObject([{ severity: 'error', suggestion: 'ServiceMonitor' }]);
});

test('a file that cannot be read is named once, and its name is not unknown', () => {
  const { unreadable, findings } = loaded({ 'a.yaml': 'spec: { a: [1\n', 'b.yaml': service });
  expect(unreadable).toEqual(['a']);
  expect(findings).toMatchObject([{ code: 'applications/invalid-yaml' }]);
  const environment = {
    name: 'x',
    file: 'x.ts',
    stack: 'crowsnest',
    namespaces: { stack: 'crowsnest', nodeAgents: 'crowsnest-agents' },
    k6: { enabled: true },
    applications: ['a', 'c'],
    parties: [],
    prometheus: { scrapeConfigs: [] },
    blackboxExporter: { probes: [], modules: {} },
    postgresExporter: { servers: [] },
    redisExporter: { servers: [] },
  };
  const loadedFiles = { monitors: [], files: [], unreadable };
  expect(
    withApplications(environment, loadedFiles, [], {
      retention: '15d',
      scrapeInterval: '30s',
    }).findings,
  ).toMatchObject([{ value: 'c' }]);
});

test('a link that leads nowhere is reported in plain words, and a folder once', () => {
  const root = fill(temporaryFolder(), {
    'applications/a.yaml': { linkTo: 'nowhere' },
    'applications/b.yaml/c.txt': '',
  });
  const { unreadable, findings } = loadMonitors([root]);
  expect(unreadable).toEqual(['a']);
  expect(findings).toMatchObject([
    { code: 'applications/unread-file', place: { file: expect.stringContaining('b.yaml') } },
    {
      code: 'applications/unreadable-file',
      place: { file: expect.stringContaining('applications/a.yaml') },
      message: 'The file cannot be read: it does not exist.',
    },
  ]);
});

test('a finding has the line of the field', () => {
  const text = `${service}---
kind: ServiceMonitor
metadata:
  name: shop
  namespace: shop
spec:
  selector:
    matchLabels:
      app: shop
  endpoints:
    - port: http
    - port: http
      metricRelabelings:
        - action: labeldrop
          regex: a
        - action: drp
`;
  const [finding] = loaded({ 'shop.yaml': text }).findings;
  expect(text.split('\n')[finding!.place.line! - 1]).toContain('drp');
});

describe('all faults of a monitor are reported together', () => {
  test('of its fields, of rules between them, and of what it selects', () => {
    const login = 'basicAuth: { username: { name: a, key: b }, password: { name: a, key: c } }';
    const token = 'authorization: { credentials: { name: a, key: b } }';
    const text = serviceMonitor(
      `{ port: http, bearerTokenFile: /token }, { port: http, ${login}, ${token} }, { interval: often, port: http }`,
      'jobLabels: app',
    );
    expect(faultsIn(text)).toEqual([
      'invalid-value ServiceMonitor shop: spec.endpoints[0].bearerTokenFile',
      'invalid-value ServiceMonitor shop: spec.endpoints[1].authorization',
      'invalid-value ServiceMonitor shop: spec.endpoints[2].interval',
      'unknown-option ServiceMonitor shop: spec.jobLabels',
      'no-service ServiceMonitor shop: spec.selector',
    ]);
  });

  test('without consequences of an invalid field', () => {
    // Without its port, the endpoint would have none; without its selector, it would select others.
    expect(faultsIn(both('{ port: 80 }'))).toEqual(at('invalid-value', 'spec.endpoints[0].port'));
    expect(
      faultsIn(both('{ port: http }').replace('{ matchLabels: { app: shop } }', '{ app: shop }')),
    ).toEqual(at('unknown-option', 'spec.selector.app'));
  });
});
