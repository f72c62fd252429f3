import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { stringify } from 'yaml';
import type { EnvironmentOptions } from '../../src/environment/environment.js';
import type { HealthOffer, MetricsOffer } from '../../src/model/offer.js';
import { type RunningEngine, startEngine } from '../engines/process.js';
import { build, minimal } from '../environment.js';
import { jaegerPod, portsFor, startJaeger } from './jaeger-server.js';
import { listeningOn } from './listen.js';
import { layOutPod } from './pod.js';

const stack = build({
  ...minimal,
  exposure: {
    behindAuthProxy: {
      proxy: { namespace: 'auth', labels: { app: 'oauth2-proxy' } },
      prometheus: 'https://ops.example.com/ops/prometheus',
      alertmanager: 'https://ops.example.com/ops/alertmanager',
      jaeger: 'https://ops.example.com/ops/jaeger',
    },
  },
} satisfies EnvironmentOptions);
const objects = stack.manifests.map(({ object }) => object);
const folder = mkdtempSync(join(tmpdir(), 'crowsnest-live-'));

/** The pages that a component declares, with which probes and scrapes are configured. */
const pagesOf = (component: string): string[] =>
  Object.values(stack.parties.find(({ name }) => name === component)?.endpoints ?? {}).flatMap(
    ({ offers }) =>
      offers.flatMap((offer) => {
        if (offer.capability === 'metrics') return (offer as MetricsOffer).path;
        if (offer.capability !== 'health') return [];
        const { live, ready = live } = offer as HealthOffer;
        return [live, ready];
      }),
  );

const statusOf = async (url: string): Promise<number> =>
  (await fetch(url, { redirect: 'manual' })).status;

const start = (component: string, files: Readonly<Record<string, string>>, mount: string) => {
  const workload = { kind: 'StatefulSet', name: `crowsnest-${component}` };
  const pod = layOutPod(objects, workload, component, join(folder, component));
  if (Object.keys(files).length > 0) pod.update(mount, files);
  return startEngine({
    binary: component,
    args: ({ port }) => listeningOn(pod.args, port),
    env: { POD_NAME: `crowsnest-${component}-0` },
    readyPath: `/ops/${component}/-/ready`,
  });
};

afterAll(() => rmSync(folder, { recursive: true, force: true }));

describe.each([
  ['prometheus', { 'prometheus.yml': stringify({ global: {} }) }, '/etc/prometheus/config'],
  ['alertmanager', {}, ''],
] as const)('%s below a path', (component, files, mount) => {
  let engine: RunningEngine;
  beforeAll(async () => {
    engine = await start(component, files, mount);
  });
  afterAll(() => engine?.stop());

  it('serves the declared pages', async () => {
    const pages = pagesOf(component);
    expect(pages.length).toBeGreaterThan(2);
    for (const page of pages) {
      expect(page.startsWith(`/ops/${component}/`)).toBe(true);
      expect([page, await statusOf(`${engine.url}${page}`)]).toEqual([page, 200]);
    }
  });

  it('serves its API there, and not at the root', async () => {
    const api = component === 'prometheus' ? '/api/v1/query?query=1' : '/api/v2/alerts';
    expect(await statusOf(`${engine.url}/ops/${component}${api}`)).toBe(200);
    expect(await statusOf(`${engine.url}${api}`)).toBe(404);
  });
});

describe('jaeger below a path', () => {
  let engine: RunningEngine;
  let query: string;
  beforeAll(async () => {
    const ports = await portsFor(objects);
    const place = join(folder, 'jaeger');
    const pod = jaegerPod(objects, place, ports, 'http://127.0.0.1:9/ops/prometheus');
    engine = await startJaeger(pod, ports);
    query = `http://127.0.0.1:${ports.get(16686)}`;
  });
  afterAll(() => engine?.stop());

  it('serves its API there, where its data source is', async () => {
    expect(await statusOf(`${query}/ops/jaeger/api/services`)).toBe(200);
    const sources = objects.find(({ metadata }) => metadata.name === 'crowsnest-grafana-config');
    expect(sources?.data['datasources.yaml']).toContain('crowsnest.svc:16686/ops/jaeger');
  });

  it('serves its pages there, and no API at the root', async () => {
    expect(await statusOf(`${query}/ops/jaeger/search`)).toBe(200);
    // At the root, every path has the page of the web interface.
    const { headers } = await fetch(`${query}/api/services`);
    expect(headers.get('content-type')).not.toContain('json');
  });
});
