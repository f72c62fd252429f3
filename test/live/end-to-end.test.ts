import { mkdirSync, mkdtempSync, readFileSync, rmSync, symlinkSync } from 'node:fs';
import { createServer } from 'node:https';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { parse } from 'yaml';
import { type RunningEngine, startEngine } from '../engines/process.js';
import {
  alertmanagerPod,
  changeConfiguration,
  configurationPath,
  startAlertmanager,
} from './alertmanager-server.js';
import { makeCertificate } from './certificate.js';
import { hurriedRoute, hurriedRules, hurry } from './hurried.js';
import { listeningOn } from './listen.js';
import { type Page, startPage } from './page.js';
import { layOutPod } from './pod.js';
import { startPrometheus } from './prometheus-server.js';
import { jobAt, shippedJob } from './scrape-job.js';
import { find, shipped } from './shipped.js';
import { canMount, type Disk, mountDisk } from './small-disk.js';
import { eventually } from './wait.js';

interface Notification {
  readonly alerts: readonly {
    readonly status: string;
    readonly labels: Record<string, string>;
    readonly annotations: Record<string, string>;
  }[];
}

const objects = shipped('staging');
const folder = mkdtempSync(join(tmpdir(), 'crowsnest-live-'));
const engines: RunningEngine[] = [];
let receiver: Page;
let service: RunningEngine;
let disk: Disk | undefined;
let certified: { readonly url: string; readonly certificate: string; stop(): void };

/** A page whose certificate is valid for one day. */
const startCertified = async () => {
  const { key, cert, file } = makeCertificate(folder);
  const server = createServer({ key, cert }, (_, response) => response.end('well'));
  await new Promise<void>((done) => server.listen(0, '127.0.0.1', done));
  const { port } = server.address() as AddressInfo;
  return { url: `https://127.0.0.1:${port}/`, certificate: file, stop: () => server.close() };
};

/**
 * The shipped configuration with a webhook as the kind of each receiver: it shows labels and
 * annotations.
 */
const alertmanager = async (): Promise<RunningEngine> => {
  const pod = alertmanagerPod(objects, join(folder, 'alertmanager'));
  const text = readFileSync(configurationPath(pod), 'utf8');
  const { route, receivers } = parse(text);
  const webhook_configs = [{ url: `${receiver.url}/webhook` }];
  changeConfiguration(pod, text, {
    route: hurriedRoute(route),
    receivers: receivers.map(({ name, slack_configs }: { name: string; slack_configs?: object }) =>
      slack_configs ? { name, webhook_configs } : { name },
    ),
  });
  return startAlertmanager(pod);
};

const nodeExporter = (): Promise<RunningEngine> => {
  // The root of this machine instead of the mount of a node.
  const host = join(folder, 'host');
  symlinkSync('/', host);
  const { containers } = find(objects, 'DaemonSet', 'crowsnest-node-exporter').spec.template.spec;
  const { args } = containers.find(({ name }: { name: string }) => name === 'node-exporter');
  return startEngine({
    binary: 'node_exporter',
    args: ({ port }) =>
      args.map((arg: string) =>
        arg
          .replace(/^(--path\.\w+(?:\.\w+)?=)\/host/, `$1${host}`)
          .replace(/^(--web\.listen-address=127\.0\.0\.1):\d+$/, `$1:${port}`),
      ),
    readyPath: '/',
  });
};

const blackboxExporter = (name: string): Promise<RunningEngine> => {
  const workload = { kind: 'Deployment', name: 'crowsnest-blackbox-exporter' };
  const { args } = layOutPod(objects, workload, 'blackbox-exporter', join(folder, name));
  return startEngine({
    binary: 'blackbox_exporter',
    args: ({ port }) => listeningOn(args, port),
    // This replaces an authority that browsers know.
    env: { SSL_CERT_FILE: certified.certificate },
    readyPath: '/-/healthy',
  });
};

beforeAll(async () => {
  receiver = await startPage();
  certified = await startCertified();
  if (canMount) disk = mountDisk(join(folder, 'disk'), 16);
  mkdirSync(join(folder, 'prometheus'), { recursive: true });
  const [told, node, prober, stopped] = [
    await alertmanager(),
    await nodeExporter(),
    await blackboxExporter('prober'),
    await blackboxExporter('service'),
  ];
  engines.push(told, node, prober, stopped);
  service = stopped;
  const address = ({ port }: RunningEngine): string => `127.0.0.1:${port}`;
  const { authorization, tls_config, ...nodeJob } = jobAt(objects, 'node-exporter', address(node), {
    node: 'this',
  });
  const probe = shippedJob(objects, 'probe');
  const prometheus = await startPrometheus(
    objects,
    join(folder, 'prometheus'),
    ({ global, alerting, ...rest }) => ({
      ...rest,
      global: {
        ...global,
        scrape_interval: '500ms',
        evaluation_interval: '500ms',
        scrape_timeout: '500ms',
      },
      alerting: {
        ...alerting,
        alertmanagers: [{ static_configs: [{ targets: [address(told)] }] }],
      },
      scrape_configs: [
        { ...nodeJob, scheme: 'http' },
        jobAt(objects, 'blackbox-exporter', address(service), { pod: 'service' }),
        {
          ...probe,
          // The exporter uses half a second less than its timeout.
          scrape_interval: '2s',
          scrape_timeout: '2s',
          static_configs: [{ targets: [certified.url], labels: { service: 'shop' } }],
          relabel_configs: [
            ...(probe.relabel_configs ?? []).slice(0, 2),
            { target_label: '__address__', replacement: address(prober) },
          ],
        },
      ],
    }),
    { rules: hurriedRules },
  );
  engines.push(prometheus);
});
afterAll(async () => {
  for (const engine of engines.reverse()) await engine.stop();
  disk?.unmount();
  certified?.stop();
  await receiver?.stop();
  rmSync(folder, { recursive: true, force: true });
});

/** The first notification of an alert, and the seconds until it arrived. */
const told = async (alertname: string, labels: Record<string, string>) => {
  const start = performance.now();
  const alert = await eventually(`the receiver gets ${alertname}`, async () =>
    receiver.received
      .filter(({ path }) => path === '/webhook')
      .flatMap(({ body }) => (JSON.parse(body) as Notification).alerts)
      .find(
        (one) =>
          one.labels.alertname === alertname &&
          Object.entries(labels).every(([name, value]) => one.labels[name] === value),
      ),
  );
  return { ...alert, seconds: (performance.now() - start) / 1000 };
};

describe(`with waiting times divided by ${hurry}, and shipped expressions, a receiver is notified`, () => {
  it('of a stopped service', async ({ annotate }) => {
    await service.stop();
    const { status, annotations, seconds } = await told('TargetsDown', {
      job: 'blackbox-exporter',
    });
    expect(status).toBe('firing');
    expect(annotations).toMatchObject({
      summary: 'Targets of blackbox-exporter are down.',
      description: 'Prometheus cannot scrape 100% of the targets of blackbox-exporter.',
      runbook_url: 'alerts/targets.md#targetsdown',
    });
    // A quarter of an hour, divided.
    expect(seconds).toBeGreaterThan((15 * 60) / hurry);
    await annotate(
      `notified of a stopped service after ${seconds.toFixed(0)} s, divided by ${hurry}`,
      'figure',
    );
  });

  it('of a certificate that expires in a day', async () => {
    const { labels, annotations } = await told('CertificateExpiringSoon', { service: 'shop' });
    expect(labels).toMatchObject({ severity: 'critical', instance: certified.url });
    expect(annotations.description).toMatch(/expires in 23h/);
  });

  it.skipIf(!canMount)('of a full file system', async () => {
    disk!.fill();
    // Identified by its mount point: this machine may have other full file systems.
    const mountpoint = join(folder, 'disk');
    const { labels, annotations } = await told('NodeFilesystemFull', { node: 'this', mountpoint });
    expect(labels).toMatchObject({ severity: 'critical' });
    expect(annotations.runbook_url).toBe('alerts/nodes.md#nodefilesystemfull');
  });
});
