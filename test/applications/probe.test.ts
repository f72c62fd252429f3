import { expect, test } from 'vitest';
import { withApplications } from '../../src/applications/merge.js';
import { loadChecks } from '../../src/load-checks.js';
import { connectionsFor } from '../../src/model/connection.js';
import { checkInputOf, runChecks } from '../../src/run-checks.js';
import { faultsIn, loaded, service, stackWith } from './applications.js';

const probe = (spec: string): string =>
  `kind: Probe\nmetadata: { name: Shop pages, namespace: shop }\nspec: ${spec}\n`;

const pages = (list: string, more = ''): string =>
  probe(`{ ${more} targets: { staticConfig: { static: [${list}] } } }`);

test('the pages of a Probe are requested by the blackbox-exporter of the stack, and pass all checks', async () => {
  const stack = stackWith({
    'shop.yaml': `${pages(
      "'https://shop.example.com/health?full=1', '192.0.2.7:8080', shop.shop.svc",
      'interval: 1m, module: http_2xx,',
    )}---\n${service}`,
  });
  const { checks } = await loadChecks();
  expect(runChecks(stack, checks, checkInputOf(stack, [], {}))).toEqual([]);
  const probed = connectionsFor(stack.connections, 'health').filter(
    ({ consumer, provider }) =>
      consumer.party === 'blackbox-exporter' && provider.party === 'shop-pages',
  );
  const offered = { interval: '1m', followRedirects: true, status: expect.arrayContaining([204]) };
  expect(
    probed.map(({ endpoint, offer }) => ({
      host: endpoint.host,
      port: endpoint.port,
      servicePort: endpoint.servicePort,
      ...(offer as object),
    })),
  ).toMatchObject([
    { host: 'shop.example.com', port: 443, live: '/health?full=1', probe: offered },
    { host: '192.0.2.7', port: 8080, live: '/', probe: offered },
    // The Service has the port 80, and its pods 8080.
    { host: 'shop.shop.svc', port: 8080, servicePort: 80, live: '/', probe: offered },
  ]);
});

test.each<[string, string, string[]]>([
  [
    'a page in the cluster without its Service',
    pages('shop.shop.svc'),
    ['no-service Probe Shop pages: spec.targets.staticConfig.static[0]'],
  ],
  [
    'an ingress',
    probe('{ targets: { ingress: {} } }'),
    ['invalid-value Probe Shop pages: spec.targets.ingress'],
  ],
  [
    'no targets',
    probe('{ targets: {} }'),
    ['missing-option Probe Shop pages: spec.targets.staticConfig'],
  ],
  [
    'an interval that is no duration',
    pages('a.example.com', 'interval: often,'),
    ['invalid-value Probe Shop pages: spec.interval'],
  ],
  [
    'a login',
    pages('a.example.com', 'basicAuth: {},'),
    ['invalid-value Probe Shop pages: spec.basicAuth'],
  ],
  ['no page', pages(''), ['invalid-value Probe Shop pages: spec.targets.staticConfig.static']],
  [
    'settings without effect',
    pages('a.example.com', 'prober: { url: x }, jobName: y,'),
    ['shared-prober Probe Shop pages: spec'],
  ],
  [
    'another path of the prober',
    pages('a.example.com', 'prober: { url: x, path: /other },'),
    ['shared-prober Probe Shop pages: spec'],
  ],
  [
    'not the prober alone, which the operator requires,',
    pages('a.example.com', 'prober: { url: x, path: /probe },'),
    [],
  ],
])('of a Probe, %s is reported', (_, text, expected) => {
  expect(faultsIn(text)).toEqual(expected);
});

test('settings without effect are a warning that names them', () => {
  const { monitors, findings } = loaded({
    'shop.yaml': probe(
      '{ prober: { url: x }, jobName: y, targets: { staticConfig: { static: [a.example.com], labels: { team: shop } } } }',
    ),
  });
  expect(monitors[0]!.parties).toHaveLength(1);
  expect(findings).toMatchObject([
    {
      severity: 'warning',
      message: expect.stringContaining('Without effect: jobName, targets.staticConfig.labels'),
    },
  ]);
});

/** What an environment with a module for TCP and one for DNS reports about a Probe. */
const moduleFaultsIn = (text: string) => {
  const { monitors, findings } = loaded({ 'shop.yaml': text });
  expect(findings).toEqual([]);
  const environment = {
    name: 'test',
    file: 'test.ts',
    stack: 'crowsnest',
    namespaces: { stack: 'crowsnest', nodeAgents: 'crowsnest-agents' },
    k6: { enabled: true },
    parties: [],
    prometheus: { scrapeConfigs: [] },
    postgresExporter: { servers: [] },
    redisExporter: { servers: [] },
    blackboxExporter: {
      probes: [],
      modules: { tls: { prober: 'tcp' }, zone: { prober: 'dns' }, ping: { prober: 'icmp' } },
    },
  };
  return withApplications(environment, { monitors, files: [], unreadable: [] }, [], {
    retention: '15d',
    scrapeInterval: '30s',
  }).findings.map(({ code, place, value, suggestion }) => [
    code,
    place.environment,
    place.path,
    value,
    suggestion,
  ]);
};

test('a Probe can name a module of the environment, with targets of any place', async () => {
  const stack = stackWith(
    {
      'shop.yaml': `${pages("'db.example.com:5432', 'shop.shop.svc:80'", 'interval: 1m, module: tls,')}---\n${service}`,
      'dns.yaml': `${pages('192.0.2.53', 'module: zone,').replace('Shop pages', 'Zone')}`,
      'page.yaml': `${pages("'https://shop.example.com/'", 'module: http_200,').replace('Shop pages', 'Page')}`,
    },
    {
      blackboxExporter: {
        modules: {
          tls: { prober: 'tcp', tcp: { tls: true, tls_config: { insecure_skip_verify: true } } },
          zone: { prober: 'dns', dns: { query_name: 'example.com' } },
        },
      },
    },
  );
  const { checks } = await loadChecks();
  expect(runChecks(stack, checks, checkInputOf(stack, [], {}))).toEqual([]);
  const probed = connectionsFor(stack.connections, 'health').filter(({ endpoint }) =>
    /example|shop|192/.test(`${endpoint.host}`),
  );
  expect(
    probed.map(({ provider, endpoint, offer }) => ({
      party: provider.party,
      port: endpoint.port,
      servicePort: endpoint.servicePort,
      protocol: endpoint.protocol,
      verification: endpoint.verification?.kind,
      ...(offer as object),
    })),
  ).toMatchObject([
    {
      party: 'zone-192-0-2-53',
      port: 53,
      protocol: 'UDP',
      probe: { native: { module: 'zone', target: '192.0.2.53:53' } },
    },
    {
      party: 'shop-pages-db-example-com-5432',
      port: 5432,
      verification: 'unverified',
      probe: { interval: '1m', native: { module: 'tls', target: 'db.example.com:5432' } },
    },
    // The Service has the port 80, and its pods 8080.
    {
      party: 'shop-pages-shop-shop-svc-80',
      port: 8080,
      servicePort: 80,
      probe: { native: { module: 'tls', target: 'shop.shop.svc:80' } },
    },
    { party: 'page', port: 443, verification: 'public-ca' },
  ]);
});

test.each([
  ['tls', "'db.example.com:5432'", []],
  ['zone', 'ns.example.com', []],
  [
    'tsl',
    "'db.example.com:5432', 'db.example.com:5433'",
    [['applications/unknown-module', 'test', 'Probe Shop pages: spec.module', 'tsl', 'tls']],
  ],
  [
    'constructor',
    "'db.example.com:5432'",
    [
      [
        'applications/unknown-module',
        'test',
        'Probe Shop pages: spec.module',
        'constructor',
        undefined,
      ],
    ],
  ],
  [
    'tls',
    'db.example.com',
    [
      [
        'applications/invalid-value',
        'test',
        'Probe Shop pages: spec.module',
        'db.example.com',
        undefined,
      ],
    ],
  ],
  ['ping', "192.0.2.1, '[2001:db8::1]'", []],
  [
    'ping',
    '192.0.2.1:80',
    [
      [
        'applications/invalid-value',
        'test',
        'Probe Shop pages: spec.module',
        '192.0.2.1:80',
        undefined,
      ],
    ],
  ],
  [
    'ping',
    'db.example.com',
    [
      [
        'applications/invalid-value',
        'test',
        'Probe Shop pages: spec.module',
        'db.example.com',
        undefined,
      ],
    ],
  ],
])(
  'the module %s of a Probe must be known and fit its targets: %s',
  (module, targets, expected) => {
    expect(moduleFaultsIn(pages(targets, `module: ${module},`))).toEqual(expected);
  },
);
