import { expect, test } from 'vitest';
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
    'a module without HTTP',
    pages('a.example.com', 'module: tcp_connect,'),
    ['invalid-value Probe Shop pages: spec.module'],
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
  const { applications, findings } = loaded({
    'shop.yaml': probe(
      '{ prober: { url: x }, jobName: y, targets: { staticConfig: { static: [a.example.com], labels: { team: shop } } } }',
    ),
  });
  expect(applications[0]!.parties).toHaveLength(1);
  expect(findings).toMatchObject([
    {
      severity: 'warning',
      message: expect.stringContaining('Without effect: jobName, targets.staticConfig.labels'),
    },
  ]);
});
