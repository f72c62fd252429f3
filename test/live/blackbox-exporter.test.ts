import { execFile } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { parse, stringify } from 'yaml';
import {
  nativeModule,
  writtenModule,
} from '../../src/components/blackbox-exporter/native-module.js';
import { invalidModules, modules } from '../config/probe-modules.js';
import { engineBinary } from '../engines/installation.js';
import { freePort } from '../engines/port.js';
import { type RunningEngine, startEngine } from '../engines/process.js';
import { listeningOn } from './listen.js';
import { type Page, startPage } from './page.js';
import { layOutPod } from './pod.js';
import { query } from './prometheus-api.js';
import { startPrometheus } from './prometheus-server.js';
import { shippedJob } from './scrape-job.js';
import { environments, find, shipped } from './shipped.js';
import { eventually } from './wait.js';

const run = promisify(execFile);
const workload = { kind: 'Deployment', name: 'crowsnest-blackbox-exporter' };
const folder = mkdtempSync(join(tmpdir(), 'crowsnest-live-'));
afterAll(() => rmSync(folder, { recursive: true, force: true }));

const podOf = (environment: string) =>
  layOutPod(shipped(environment), workload, 'blackbox-exporter', join(folder, environment));

describe.each(environments)('blackbox-exporter of %s', (environment) => {
  it('accepts its flags and its configuration', async () => {
    const { args } = podOf(environment);
    const { stderr } = await run(await engineBinary('blackbox_exporter'), [
      ...args,
      '--config.check',
    ]);
    expect(stderr).toContain('Config file is ok');
  });
});

describe('blackbox-exporter with native modules', () => {
  let exporter: RunningEngine;
  let page: Page;
  beforeAll(async () => {
    page = await startPage(() => ({ status: 503 }));
    const file = join(folder, 'modules.yml');
    const written = Object.entries(modules).map(([name, one]) => [name, writtenModule(one)]);
    writeFileSync(file, stringify({ modules: Object.fromEntries(written) }));
    exporter = await startEngine({
      binary: 'blackbox_exporter',
      args: ({ port }) => [`--config.file=${file}`, `--web.listen-address=127.0.0.1:${port}`],
      readyPath: '/-/healthy',
    });
  });
  afterAll(async () => {
    await exporter?.stop();
    await page?.stop();
  });

  it('accepts every field, and connects to a target', async () => {
    const { host } = new URL(page.url);
    expect(await probeOf(exporter, 'tcp', host)).toBe(1);
    expect(await probeOf(exporter, 'tcp', `127.0.0.1:${await freePort()}`)).toBe(0);
    expect(await probeOf(exporter, 'grpc', host)).toBe(0);
  });

  it.each(invalidModules)('rejects %s, as synth does', async (name, module) => {
    const file = join(folder, `${name.replaceAll(' ', '-')}.yml`);
    writeFileSync(file, stringify({ modules: { one: module } }));
    expect(nativeModule.safeParse(module).success).toBe(false);
    const check = run(await engineBinary('blackbox_exporter'), [
      `--config.file=${file}`,
      '--config.check',
    ]);
    await expect(check).rejects.toThrow(/Error loading config/);
  });
});

describe('blackbox-exporter of production', () => {
  let exporter: RunningEngine;
  let prometheus: RunningEngine;
  let broken: Page;

  /** The shipped job, with addresses instead of the names of Services. */
  const probeJob = (prober: string, ready: string): object => {
    const job = shippedJob(shipped('production'), 'probe');
    const [, , last, ...others] = job.relabel_configs ?? [];
    expect([last?.target_label, others]).toEqual(['__address__', []]);
    return {
      ...job,
      scrape_interval: '1s',
      static_configs: [
        { targets: [ready], labels: { service: 'prometheus' } },
        { targets: [`${broken.url}/ready`], labels: { service: 'broken' } },
      ],
      relabel_configs: [
        ...(job.relabel_configs ?? []).slice(0, 2),
        { ...last, replacement: new URL(prober).host },
      ],
    };
  };

  beforeAll(async () => {
    broken = await startPage(() => ({ status: 503 }));
    const { args } = podOf('production');
    exporter = await startEngine({
      binary: 'blackbox_exporter',
      args: ({ port }) => listeningOn(args, port),
      readyPath: '/-/healthy',
    });
    // Its own ready page is the one that succeeds.
    const own = await freePort();
    prometheus = await startPrometheus(
      shipped('production'),
      join(folder, 'prometheus'),
      ({ global }) => ({
        global,
        scrape_configs: [probeJob(exporter.url, `http://127.0.0.1:${own}/-/ready`)],
      }),
      { port: own },
    );
  });
  afterAll(async () => {
    await prometheus?.stop();
    await exporter?.stop();
    await broken?.stop();
  });

  // The certificate authority exists only in a cluster.
  const shippedModules = Object.entries(
    parse(
      find(shipped('production'), 'ConfigMap', 'crowsnest-blackbox-exporter-config').data[
        'config.yml'
      ],
    ).modules as Record<string, { http: { tls_config?: { ca_file?: string } } }>,
  ).filter(([, { http }]) => http.tls_config?.ca_file === undefined);

  it.each(shippedModules)('reports success for a page with status 200 with %s', async (module) => {
    expect(await probe(module, `${prometheus.url}/-/ready`)).toBe(1);
  });

  it('reports a failure for a page with status 503, and for a page that does not answer', async () => {
    expect(await probe('http_200', `${broken.url}/ready`)).toBe(0);
    expect(await probe('http_200', `http://127.0.0.1:${await freePort()}/`)).toBe(0);
  });

  it.each([
    ['prometheus', '1'],
    ['broken', '0'],
  ])(
    'is scraped by a Prometheus with the shipped job: probe_success of %s is %s',
    async (service, success) => {
      const series = await eventually('the probe is there', async () =>
        (await query(prometheus.url, `probe_success{service="${service}"}`)).at(0),
      );
      const page = service === 'broken' ? `${broken.url}/ready` : `${prometheus.url}/-/ready`;
      expect(series.metric).toEqual({
        __name__: 'probe_success',
        instance: page,
        job: 'probe',
        service,
      });
      expect(series.value[1]).toBe(success);
    },
  );

  const probe = (module: string, target: string) => probeOf(exporter, module, target);
});

const probeOf = async (exporter: RunningEngine, module: string, target: string) => {
  const parameters = new URLSearchParams({ module, target });
  const text = await (await fetch(`${exporter.url}/probe?${parameters}`)).text();
  return Number(/^probe_success (\d)$/m.exec(text)?.[1]);
};
