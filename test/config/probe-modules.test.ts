import { describe, expect, test } from 'vitest';
import { parse } from 'yaml';
import configuration from '../../src/checks/files/configuration.js';
import endpoints from '../../src/checks/network/endpoints.js';
import reachability from '../../src/checks/network/reachability.js';
import podSecurity from '../../src/checks/pods/pod-security.js';
import type { EnvironmentOptions } from '../../src/environment/environment.js';
import { validate } from '../../src/environment/validate.js';
import { readme } from '../../src/output/readme.js';
import { remedyFor } from '../../src/schema/allowed.js';
import { inputOf, type Mutable, manifestOf } from '../checks/input.js';
import { build, minimal } from '../environment.js';
import { invalidModules, modules } from './probe-modules.js';

const pods = { kind: 'pods', namespace: 'shop', labels: { app: 'shop' } } as const;
const addresses = { kind: 'addresses' as const, cidrs: ['10.9.0.0/24'] };

const blackboxExporter = {
  modules,
  probes: [
    { url: 'https://shop.example.com/' },
    { target: 'mail.example.com:25', module: 'mail' },
    { target: 'db.shop.svc:5432', module: 'tcp', name: 'db', interval: '2m', at: pods },
    { target: 'ns.corp', module: 'dns', at: addresses },
    { target: '192.0.2.53', module: 'dns-soa' },
    {
      target: 'shop.shop.svc:8080',
      module: 'grpc',
      unverified: 'it signs its own certificate',
      at: pods,
    },
    { target: '192.0.2.1', module: 'ping' },
    { target: 'router.corp', module: 'ping', at: { kind: 'addresses', cidrs: ['10.8.0.0/30'] } },
    { target: '[2001:db8::1]', module: 'ping' },
  ],
  icmp: 'routers answer nothing else',
} satisfies EnvironmentOptions['blackboxExporter'];

const stack = build({ ...minimal, blackboxExporter });
const fileOf = (name: string, key: string): Mutable =>
  parse(
    (manifestOf(stack, `ConfigMap crowsnest/crowsnest-${name}-config`).object as Mutable).data[key],
  );

test('modules are written as stated, and prefer IPv4', () => {
  const written = fileOf('blackbox-exporter', 'config.yml').modules;
  expect(written).toMatchObject(modules);
  expect(written.tcp).toEqual({ prober: 'tcp', tcp: { preferred_ip_protocol: 'ip4' } });
  expect(written.mail.tcp.preferred_ip_protocol).toBe('ip6');
});

test('targets of modules are in the job of the pages, with their module', () => {
  const job = fileOf('prometheus', 'prometheus.yml').scrape_configs.find(
    (one: Mutable) => one.job_name === 'probe',
  );
  expect(job.static_configs.slice(-8)).toEqual([
    {
      targets: ['mail.example.com:25'],
      labels: { service: 'probe-mail-example-com-25', __param_module: 'mail' },
    },
    {
      targets: ['db.shop.svc:5432'],
      labels: { service: 'db', __param_module: 'tcp', __scrape_interval__: '2m' },
    },
    { targets: ['ns.corp:53'], labels: { service: 'probe-ns-corp', __param_module: 'dns' } },
    {
      targets: ['192.0.2.53:853'],
      labels: { service: 'probe-192-0-2-53', __param_module: 'dns-soa' },
    },
    {
      targets: ['shop.shop.svc:8080'],
      labels: { service: 'probe-shop-shop-svc-8080', __param_module: 'grpc' },
    },
    { targets: ['192.0.2.1'], labels: { service: 'probe-192-0-2-1', __param_module: 'ping' } },
    { targets: ['router.corp'], labels: { service: 'probe-router-corp', __param_module: 'ping' } },
    {
      targets: ['2001:db8::1'],
      labels: { service: 'probe-2001-db8-1', __param_module: 'ping' },
    },
  ]);
});

test('the policies allow the targets with the protocol of the module, and nothing else', () => {
  const title = 'NetworkPolicy crowsnest/crowsnest-blackbox-exporter';
  const { egress } = (manifestOf(stack, title).object as Mutable).spec;
  const portsTo = (cidr: string) =>
    egress
      .filter(({ to }: Mutable) => to.some(({ ipBlock }: Mutable) => ipBlock?.cidr === cidr))
      .flatMap(({ ports }: Mutable) => ports);
  expect(portsTo('10.9.0.0/24')).toEqual([{ protocol: 'UDP', port: 53 }]);
  expect(portsTo('192.0.2.53/32')).toEqual([{ protocol: 'TCP', port: 853 }]);
  expect(portsTo('0.0.0.0/0').map(({ port }: Mutable) => port)).toEqual([25, 443]);
  for (const check of [endpoints, reachability, configuration]) {
    expect(check.run(inputOf(stack))).toEqual([]);
  }
});

describe('ICMP', () => {
  const blackbox = 'crowsnest/crowsnest-blackbox-exporter';
  const rulesTo = (cidr: string, of = stack) =>
    (manifestOf(of, `NetworkPolicy ${blackbox}`).object as Mutable).spec.egress.filter(
      ({ to }: Mutable) => to.some(({ ipBlock }: Mutable) => ipBlock?.cidr === cidr),
    );

  test('is allowed by a rule without ports, which opens nothing but the targets', () => {
    for (const cidr of ['192.0.2.1/32', '10.8.0.0/30', '2001:db8::1/128']) {
      expect(rulesTo(cidr)).toEqual([{ to: [{ ipBlock: { cidr } }] }]);
    }
  });

  test('has the same rule with Cilium, which all checks accept', () => {
    const cilium = build({
      ...minimal,
      cluster: { ...minimal.cluster, networkPlugin: 'cilium' },
      blackboxExporter,
    });
    expect(rulesTo('192.0.2.1/32', cilium)).toEqual(rulesTo('192.0.2.1/32'));
    expect(reachability.run(inputOf(cilium))).toEqual([]);
  });

  test('needs a sysctl that Pod Security `restricted` allows, and no capability', () => {
    const { template } = (manifestOf(stack, `Deployment ${blackbox}`).object as Mutable).spec;
    expect(template.spec.securityContext.sysctls).toEqual([
      { name: 'net.ipv4.ping_group_range', value: '65534 65534' },
    ]);
    expect(template.spec.containers[0].securityContext.capabilities).toEqual({ drop: ['ALL'] });
    expect(podSecurity.run(inputOf(stack))).toEqual([]);
    const others = build({ ...minimal, blackboxExporter: { modules: { tcp: modules.tcp } } });
    const usual = (manifestOf(others, `Deployment ${blackbox}`).object as Mutable).spec;
    expect(usual.template.spec.securityContext.sysctls).toBeUndefined();
  });

  test('is listed in the README, with its reason', () => {
    const text = readme(stack);
    expect(text).toContain(
      '- blackbox-exporter can reach every port of `192.0.2.1/32`, for ICMP probes of probe-192-0-2-1: a network policy cannot allow only ICMP. The reason: routers answer nothing else.',
    );
    expect(text).toContain(
      '| probe-router-corp | `ICMP` | blackbox-exporter | health | the client |',
    );
  });

  test('that no rule allows, or that one without targets allows, is reported', () => {
    const changed = (change: (spec: Mutable) => void) => {
      const manifests = structuredClone(stack.manifests) as Mutable[];
      change(
        manifests.find(
          ({ object }) =>
            object.kind === 'NetworkPolicy' && object.metadata.name.endsWith('-blackbox-exporter'),
        ).object.spec,
      );
      return reachability.run(inputOf(stack, { manifests })).map(({ fault }) => fault);
    };
    const ofPing = ({ to }: Mutable) =>
      to.some(({ ipBlock }: Mutable) => ipBlock?.cidr === '192.0.2.1/32');
    expect(
      changed((spec) => {
        spec.egress.find(ofPing).ports = [{ protocol: 'TCP', port: 80 }];
      }),
    ).toEqual(expect.arrayContaining(['blocked-egress', 'unneeded-opening']));
    expect(
      changed((spec) => {
        spec.egress.find(ofPing).to.push({ ipBlock: { cidr: '203.0.113.0/24' } });
      }),
    ).toEqual(['unneeded-opening']);
  });

  const ping = { ping: { prober: 'icmp' } };
  const reason = 'routers answer nothing else';
  const inCluster = { target: 'shop.shop.svc', module: 'ping', at: pods };
  test.each<[string, object, [path: string, remedy: string]]>([
    [
      'without the reason',
      { modules: ping },
      [
        'icmp',
        'the reason why ICMP probes may reach every port of their targets: a network policy cannot allow only ICMP',
      ],
    ],
    [
      'with a reason and no module',
      { icmp: reason },
      ['icmp', 'nothing: no module has the prober icmp'],
    ],
    [
      'with a port',
      { modules: ping, icmp: reason, probes: [{ target: '192.0.2.1:80', module: 'ping' }] },
      ['probes[0].target', 'a host without a port: ICMP has no ports'],
    ],
    [
      'to a Service',
      { modules: ping, icmp: reason, probes: [inCluster] },
      [
        'probes[0].at',
        "addresses: { kind: 'addresses', cidrs }. The address of a Service does not answer ICMP",
      ],
    ],
    [
      'to a public name',
      { modules: ping, icmp: reason, probes: [{ target: 'example.com', module: 'ping' }] },
      [
        'probes[0].at',
        "the addresses of example.com, { kind: 'addresses', cidrs }: every port of them is opened",
      ],
    ],
    [
      'that must not be fragmented',
      { modules: { ping: { prober: 'icmp', icmp: { dont_fragment: true } } }, icmp: reason },
      [
        'modules.ping.icmp.dont_fragment',
        'nothing: it needs a raw socket, and the pod has no capability for it. Without it, the socket needs none',
      ],
    ],
  ])('%s is reported', (_, options, [path, remedy]) => {
    const { findings } = validate(
      { ...minimal, blackboxExporter: options } as never,
      'test',
      'environments/test.ts',
    );
    expect(findings.map(({ place, ...one }) => ({ path: place.path, remedy: one.remedy }))).toEqual(
      [{ path: `blackboxExporter.${path}`, remedy: remedyFor(remedy) }],
    );
  });
});

test('a target that is missing in the job is reported', () => {
  const manifests = structuredClone(stack.manifests) as Mutable[];
  const map = manifests.find(
    ({ object }) => object.metadata.name === 'crowsnest-prometheus-config',
  ).object;
  map.data['prometheus.yml'] = map.data['prometheus.yml'].replace('ns.corp', 'ns2.corp');
  const found = endpoints.run(inputOf(stack, { manifests }));
  expect(found.map(({ fault }) => fault)).toContain('page-not-probed');
});

const where = (host: string) =>
  `where ${host} is: { kind: 'pods', namespace, labels } or { kind: 'addresses', cidrs }`;
const target = 'db.example.com:5432';

describe('what cannot work is reported', () => {
  test.each<[string, object, object, string, string]>([
    ['no module', { target }, {}, 'probes[0].module', 'the name of a module in modules'],
    [
      'an unknown module',
      { target, module: 'tls' },
      { tcp: modules.tcp },
      'probes[0].module',
      "the name of a module in modules ('tcp')",
    ],
    [
      'a target without a port',
      { target: 'db.example.com', module: 'tcp' },
      { tcp: modules.tcp },
      'probes[0].target',
      "a host and a port such as 'db.example.com:5432'",
    ],
    [
      'a target in the cluster without a place',
      { target: 'db.shop.svc:5432', module: 'tcp' },
      { tcp: modules.tcp },
      'probes[0].at',
      where('db.shop.svc'),
    ],
    [
      'an option of a page',
      { target, module: 'tcp', status: [200] },
      { tcp: modules.tcp },
      'probes[0].status',
      'nothing: only a page has it',
    ],
    [
      'a page with a module',
      { url: 'https://shop.example.com/', module: 'tcp' },
      { tcp: modules.tcp },
      'probes[0].module',
      'nothing: the module of a page results from its URL',
    ],
    [
      'neither a page nor a target',
      { module: 'tcp' },
      { tcp: modules.tcp },
      'probes[0].url',
      "the URL of a page, or set target and module: { target: 'host:port', module }",
    ],
    [
      'no verification without a reason',
      { target, module: 'tls' },
      { tls: { prober: 'tcp', tcp: { tls: true, tls_config: { insecure_skip_verify: true } } } },
      'probes[0].unverified',
      'the reason why the certificate cannot be verified',
    ],
    [
      'a module for pages',
      { url: 'https://shop.example.com/' },
      { pages: { prober: 'http' } },
      'modules.pages.prober',
      "'tcp', 'dns', 'grpc' or 'icmp'. For pages over HTTP, use the option probes with a URL",
    ],
    [
      'DNS over TLS by UDP',
      { url: 'https://shop.example.com/' },
      { dns: { prober: 'dns', dns: { query_name: 'example.com', dns_over_tls: true } } },
      'modules.dns.dns.transport_protocol',
      "'tcp': dns_over_tls requires it",
    ],
    [
      'no name to query',
      { url: 'https://shop.example.com/' },
      { dns: { prober: 'dns', dns: {} } },
      'modules.dns.dns.query_name',
      'a string that is not empty',
    ],
    [
      'a certificate from a file',
      { url: 'https://shop.example.com/' },
      { tls: { prober: 'tcp', tcp: { tls_config: { ca_file: '/etc/ca.crt' } } } },
      'modules.tls.tcp.tls_config.ca_file',
      'nothing: the pod has no files with certificates. Servers are verified with the public certificate authorities',
    ],
    [
      'two expectations in one step',
      { url: 'https://shop.example.com/' },
      { tcp: { prober: 'tcp', tcp: { query_response: [{ expect: 'a', expect_bytes: 'a' }] } } },
      'modules.tcp.tcp.query_response[0].expect_bytes',
      'nothing: it cannot be used with expect',
    ],
  ])('%s', (_, probe, all, path, remedy) => {
    const options = { probes: [probe], modules: all };
    const { findings } = validate(
      { ...minimal, blackboxExporter: options } as never,
      'test',
      'environments/test.ts',
    );
    expect(findings.map(({ place, ...one }) => ({ path: place.path, remedy: one.remedy }))).toEqual(
      [{ path: `blackboxExporter.${path}`, remedy: remedyFor(remedy) }],
    );
  });

  test.each(invalidModules)('%s in a module', (_, module) => {
    const { findings } = validate(
      { ...minimal, blackboxExporter: { modules: { one: module } } } as never,
      'test',
      'environments/test.ts',
    );
    expect(findings).toHaveLength(1);
  });

  test.each(['http_200', 'http_200_redirects'])('a module with the reserved name %s', (name) => {
    const options = { modules: { [name]: modules.tcp } };
    const { findings } = validate(
      { ...minimal, blackboxExporter: options } as never,
      'test',
      'environments/test.ts',
    );
    expect(findings.map(({ place }) => place.path)).toEqual([`blackboxExporter.modules.${name}`]);
  });
});
