import { describe, expect, test } from 'vitest';
import { parse } from 'yaml';
import {
  type BlackboxExporterOptions,
  blackboxExporter,
} from '../../src/components/blackbox-exporter/blackbox-exporter.js';
import { sizings } from '../../src/environment/sizing.js';
import { optional } from '../../src/model/consumption.js';
import { health, offer } from '../../src/model/offer.js';
import type { Party } from '../../src/model/party.js';
import { full } from '../checks/full.js';
import type { Mutable } from '../checks/input.js';
import type { Whole } from '../checks/whole.js';
import { build, minimal } from '../environment.js';
import { shippedBy } from '../model/vocabulary/shipped.js';
import { synthesize } from './synthesis.js';

/** A consumer of probes: without it, nothing is probed. */
const prober: Party = {
  name: 'prober',
  workloads: { prober: { kind: 'pods', namespace: 'prober', labels: { app: 'prober' } } },
  endpoints: {},
  consumes: [optional('probes')],
};

const least: BlackboxExporterOptions = { resources: sizings.small.blackboxExporter };

const all: Whole<BlackboxExporterOptions> = {
  resources: { cpu: '60m', memory: '80Mi', memoryLimit: '300Mi' },
  modules: {},
  certificateAuthority: { configMap: 'company-ca', key: 'ca.crt' },
};

test.each([
  ['default', synthesize(blackboxExporter(least))],
  ['all', synthesize(blackboxExporter(all), full, [prober])],
])('the manifests of blackbox-exporter match the snapshot: %s', async (name, { review }) => {
  await expect(review).toMatchFileSnapshot(`./snapshots/blackbox-exporter-${name}.yaml`);
});

const everything = build(full);

describe.each([
  ['the required options', build(minimal)],
  ['everything', everything],
  ['cAdvisor', build({ ...minimal, containerMetrics: 'cadvisor' })],
])('in an environment with %s', (_, stack) => {
  const objects: Mutable[] = stack.manifests.map(({ object }) => object);
  const config = parse(
    objects.find(({ data }) => data?.['prometheus.yml'])!.data['prometheus.yml'],
  );
  // The pages of a public host have no Service that ships.
  const jobs: Mutable[] = config.scrape_configs.filter(({ job_name }: Mutable) =>
    /^probe(?!-public)/.test(job_name),
  );
  const probed: string[] = jobs.flatMap(({ static_configs }) =>
    static_configs.flatMap(({ targets }: Mutable) => targets),
  );
  const services = objects.filter(({ kind }) => kind === 'Service');

  test('a page of every Service with a health page is probed', () => {
    // From the manifests: a readiness probe of a container whose port is a port of a Service.
    const healthy = objects.flatMap(({ kind, metadata, spec }) => {
      const service = services.find(
        (one) =>
          one.metadata.name === metadata.name && one.metadata.namespace === metadata.namespace,
      );
      if (!spec?.template || kind === 'DaemonSet' || !service) return [];
      return spec.template.spec.containers.flatMap(({ readinessProbe }: Mutable) => {
        if (!readinessProbe) return [];
        const { path, port } = readinessProbe.httpGet;
        expect(service.spec.ports.map((one: Mutable) => one.port)).toContain(port);
        return [`http://${metadata.name}.${metadata.namespace}.svc:${port}${path}`];
      });
    });
    expect(healthy.length).toBeGreaterThan(5);
    expect([...probed].sort()).toEqual(healthy.sort());
  });

  test('workloads without a Service are not probed', () => {
    for (const target of probed) {
      const [name, namespace] = new URL(target).hostname.split('.');
      expect(services.map(({ metadata }) => `${metadata.name}.${metadata.namespace}`)).toContain(
        `${name}.${namespace}`,
      );
    }
    expect(probed.filter((target) => /node-exporter|cadvisor/.test(target))).toEqual([]);
  });

  test('no page is probed twice, and each has the label of its service', () => {
    expect(new Set(probed).size).toBe(probed.length);
    for (const { static_configs } of jobs) {
      for (const { targets, labels } of static_configs) {
        expect(new URL(targets[0]).hostname.split('.')[0]).toMatch(
          new RegExp(`-${labels.service}$`),
        );
      }
    }
  });

  test('a job uses an existing module, and has the page as the instance', () => {
    const { modules } = parse(objects.find(({ data }) => data?.['config.yml'])!.data['config.yml']);
    for (const { params, relabel_configs } of jobs) {
      expect(Object.keys(modules)).toEqual(expect.arrayContaining(params.module));
      expect(relabel_configs).toEqual([
        { source_labels: ['__address__'], target_label: '__param_target' },
        { source_labels: ['__param_target'], target_label: 'instance' },
        {
          target_label: '__address__',
          replacement: expect.stringMatching(/-blackbox-exporter\..+\.svc:9115$/),
        },
      ]);
    }
  });

  test('the prober can reach each page, and Prometheus can reach the prober', () => {
    const { stack: name, namespaces } = stack.environment;
    const { policy } = shippedBy(stack);
    const prober = policy(`${name}-blackbox-exporter`, namespaces.stack);
    for (const target of probed) {
      const { hostname, port } = new URL(target);
      const workload = hostname.split('.')[0]!.slice(name.length + 1);
      const ports = prober.egress.filter((line) => line.endsWith(`/${workload}`)).join();
      expect(`${workload}: ${ports}`).toContain(`TCP ${port}`);
    }
    expect(prober.ingress).toEqual(
      ['prometheus', 'blackbox-exporter'].map((one) => `TCP 9115 from ${namespaces.stack}/${one}`),
    );
  });
});

describe('a page of a foreign party', () => {
  const page = (verification: object, host?: string): Party => ({
    name: 'shop',
    workloads: { shop: { kind: 'addresses', cidrs: ['192.0.2.0/28'] } },
    endpoints: {
      web: {
        port: 443,
        scheme: 'https',
        host,
        ...verification,
        offers: [{ capability: 'health', live: '/healthy' }, offer('x-shop')],
      },
    },
    consumes: [],
  });
  const jobOf = (party: Party, name: string): Mutable =>
    shippedBy(build({ ...minimal, parties: [party] })).scrapeJob(name);
  const targets = (job: Mutable): string[] =>
    (job?.static_configs ?? []).flatMap((one: Mutable) => one.targets);
  const url = 'https://shop.example.com:443/healthy';

  test('is probed by its host, and not probed without one', () => {
    const verification = { verification: { kind: 'public-ca' } };
    expect(targets(jobOf(page(verification, 'shop.example.com'), 'probe'))).toContain(url);
    expect(targets(jobOf(page(verification), 'probe')).join()).not.toContain('healthy:443');
  });

  test('with a certificate that cannot be verified uses a module without verification', () => {
    const verification = { verification: { kind: 'unverified', reason: 'signs itself' } };
    const party = page(verification, 'shop.example.com');
    expect(targets(jobOf(party, 'probe'))).not.toContain(url);
    const job = jobOf(party, 'probe-unverified');
    expect(targets(job)).toEqual([url]);
    expect(job.params).toEqual({ module: ['http_200_unverified'] });
  });
});

test('a public host is probed by its name, at the Service of its controller', () => {
  const job = shippedBy(everything);
  const { job_name, params, static_configs, relabel_configs } = (
    parse(job.objects.find(({ data }) => data?.['prometheus.yml'])!.data['prometheus.yml'])
      .scrape_configs as Mutable[]
  ).find((one) => one.job_name.startsWith('probe-public'));
  expect(job_name).toBe('probe-public-unverified');
  expect(params).toEqual({ module: ['http_200_unverified'] });
  expect(static_configs).toEqual([
    {
      targets: ['https://ingress-nginx-controller.ingress-nginx.svc:443/grafana/healthz'],
      labels: { service: 'ingress-controller', __param_hostname: 'grafana.example.com' },
    },
  ]);
  expect(relabel_configs[1]).toEqual({
    source_labels: ['__param_hostname'],
    target_label: 'instance',
    replacement: 'https://$1',
  });
});

test('a page with a certificate of the cluster’s authority uses a module with this authority', () => {
  const { objects } = synthesize(blackboxExporter(least), minimal, [
    prober,
    {
      name: 'shop',
      workloads: { shop: { kind: 'pods', namespace: 'shop', labels: { app: 'shop' } } },
      endpoints: {
        web: { port: 443, scheme: 'https', host: 'shop.shop.svc', offers: [health('/healthy')] },
      },
      consumes: [],
    },
  ]);
  const { modules } = parse(objects.find(({ data }) => data?.['config.yml'])!.data['config.yml']);
  const file = modules.http_200_cluster_ca.http.tls_config.ca_file;
  const [container] = objects.find(({ kind }) => kind === 'Deployment')!.spec.template.spec
    .containers;
  const folders = container.volumeMounts.map(({ mountPath }: Mutable) => mountPath);
  expect(folders.some((folder: string) => file.startsWith(`${folder}/`))).toBe(true);
});

test('only status 200 is a success, and redirects fail', () => {
  const { objects } = synthesize(blackboxExporter(least));
  const { modules } = parse(objects.find(({ data }) => data?.['config.yml'])!.data['config.yml']);
  for (const { http } of Object.values<Mutable>(modules)) {
    expect(http).toMatchObject({ valid_status_codes: [200], follow_redirects: false });
  }
  expect(Object.keys(modules)).toEqual(['http_200']);
  expect(modules.http_200.http).not.toHaveProperty('tls_config');
});

test('a change of its modules is reloaded, without a restart', () => {
  const { objects } = synthesize(blackboxExporter(least));
  const { template } = objects.find(({ kind }) => kind === 'Deployment')!.spec;
  expect(template.spec.containers[0].args).toContain('--config.enable-auto-reload');
  expect(template.metadata.annotations).toBeUndefined();
});
