import { describe, expect, test } from 'vitest';
import { parse } from 'yaml';
import configuration from '../../src/checks/files/configuration.js';
import endpoints from '../../src/checks/network/endpoints.js';
import reachability from '../../src/checks/network/reachability.js';
import references from '../../src/checks/objects/references.js';
import { validate } from '../../src/environment/validate.js';
import { remedyFor } from '../../src/schema/allowed.js';
import { inputOf, type Mutable } from '../checks/input.js';
import { build, minimal } from '../environment.js';

const page = 'https://shop.example.com/health';
const pods = { kind: 'pods', namespace: 'shop', labels: { app: 'shop' } } as const;

const stack = build({
  ...minimal,
  blackboxExporter: {
    probes: [
      { url: page },
      {
        url: 'http://192.0.2.7:8080/?deep=1',
        name: 'appliance',
        interval: '2m',
        at: { kind: 'addresses', cidrs: ['192.0.2.7/32'] },
      },
      { url: 'https://www.example.com/', status: [204, 200], followRedirects: true },
      { url: 'http://shop.shop.svc:8080/ready', at: pods },
    ],
  },
});
const fileOf = (name: string, key: string) => {
  const map = stack.manifests.find(
    ({ object }) => object.metadata.name === `crowsnest-${name}-config`,
  );
  return parse((map?.object.data as Record<string, string> | undefined)?.[key] ?? '');
};

test("probes of a user's pages have the job of the pages of the stack, and their own settings", () => {
  const job = fileOf('prometheus', 'prometheus.yml').scrape_configs.find(
    (one: { job_name: string }) => one.job_name === 'probe',
  );
  expect(job.static_configs.slice(-4)).toEqual([
    {
      targets: ['https://shop.example.com:443/health'],
      labels: { service: 'probe-shop-example-com-health' },
    },
    {
      targets: ['http://192.0.2.7:8080/?deep=1'],
      labels: { service: 'appliance', __scrape_interval__: '2m' },
    },
    {
      targets: ['https://www.example.com:443/'],
      labels: { service: 'probe-www-example-com', __param_module: 'http_200_204_redirects' },
    },
    {
      targets: ['http://shop.shop.svc:8080/ready'],
      labels: { service: 'probe-shop-shop-svc-8080-ready' },
    },
  ]);
  expect(fileOf('blackbox-exporter', 'config.yml').modules.http_200_204_redirects).toEqual({
    prober: 'http',
    timeout: '5s',
    http: {
      valid_status_codes: [204, 200],
      follow_redirects: true,
      preferred_ip_protocol: 'ip4',
    },
  });
});

test('the policies allow the probes, and nothing else', () => {
  expect(endpoints.run(inputOf(stack))).toEqual([]);
  expect(reachability.run(inputOf(stack))).toEqual([]);
});

describe('what cannot work is reported', () => {
  test.each<[object[], string, string]>([
    [[{ url: 'shop.example.com' }], '[0].url', "a URL that starts with 'http://' or 'https://'"],
    [
      [{ url: 'http://shop.shop.svc/' }],
      '[0].at',
      "where shop.shop.svc is: { kind: 'pods', namespace, labels } or { kind: 'addresses', cidrs }",
    ],
    [[{ url: page }, { url: page }], '[1].name', 'a name that no other page has'],
    [
      [{ url: 'http://shop.example.com/', unverified: 'it signs its own certificate' }],
      '[0].unverified',
      'nothing: the page has no certificate',
    ],
  ])('%j', (probes, path, remedy) => {
    const { findings } = validate(
      { ...minimal, blackboxExporter: { probes } },
      'test',
      'environments/test.ts',
    );
    expect(findings.map(({ place, ...one }) => ({ path: place.path, remedy: one.remedy }))).toEqual(
      [{ path: `blackboxExporter.probes${path}`, remedy: remedyFor(remedy) }],
    );
  });
});

describe('in an environment with a proxy', () => {
  const proxied = build({
    ...minimal,
    proxy: {
      url: 'http://proxy.corp:3128',
      at: { kind: 'addresses', cidrs: ['10.8.0.5/32'] },
      certificateAuthority: { configMap: 'company-ca', key: 'ca.crt' },
    },
    blackboxExporter: {
      probes: [
        { url: page },
        { url: 'http://1.1.1.1:8080/' },
        { url: 'http://shop.shop.svc:8080/ready', at: pods },
      ],
    },
  });
  const objects = proxied.manifests.map(({ object }) => object as Mutable);
  const named = (kind: string, name: string) =>
    objects.find((one) => one.kind === kind && one.metadata.name === `crowsnest-${name}`);

  test('pages outside the cluster are requested through it', () => {
    const { modules } = parse(named('ConfigMap', 'blackbox-exporter-config').data['config.yml']);
    expect(modules.http_200_proxy.http).toMatchObject({
      proxy_url: 'http://proxy.corp:3128',
      skip_resolve_phase_with_proxy: true,
    });
    expect(modules.http_200.http.proxy_url).toBeUndefined();
    const { scrape_configs } = parse(
      named('ConfigMap', 'prometheus-config').data['prometheus.yml'],
    );
    const job = scrape_configs.find((one: Mutable) => one.job_name === 'probe');
    expect(
      job.static_configs
        .slice(-3)
        .map(({ targets, labels }: Mutable) => [targets[0], labels.__param_module]),
    ).toEqual([
      ['https://shop.example.com:443/health', 'http_200_proxy'],
      ['http://1.1.1.1:8080/', undefined],
      ['http://shop.shop.svc:8080/ready', undefined],
    ]);
  });

  test('the policies allow the proxy, and not the internet', () => {
    const { egress } = named('NetworkPolicy', 'blackbox-exporter').spec;
    const blocks = egress.flatMap(({ to, ports }: Mutable) =>
      to.flatMap(({ ipBlock }: Mutable) => (ipBlock ? [`${ipBlock.cidr} ${ports[0].port}`] : [])),
    );
    expect(blocks).toEqual(['10.8.0.5/32 3128', '1.1.1.1/32 8080']);
    for (const check of [configuration, endpoints, reachability, references]) {
      expect(check.run(inputOf(proxied))).toEqual([]);
    }
  });

  test('its certificate authority is trusted', () => {
    const [container] = named('Deployment', 'blackbox-exporter').spec.template.spec.containers;
    expect(container.env).toContainEqual({
      name: 'SSL_CERT_DIR',
      value: '/etc/crowsnest/trust/company-ca',
    });
  });
});
