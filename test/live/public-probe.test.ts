import { mkdirSync, mkdtempSync, rmSync } from 'node:fs';
import { createServer, type Server } from 'node:https';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { TLSSocket } from 'node:tls';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { type RunningEngine, startEngine } from '../engines/process.js';
import { build } from '../environment.js';
import production from '../sample/environments/production.js';
import { makeCertificate } from './certificate.js';
import { layOutPod } from './pod.js';
import { query } from './prometheus-api.js';
import { startPrometheus } from './prometheus-server.js';
import { shippedJob } from './scrape-job.js';
import { eventually } from './wait.js';

const objects = build(production).manifests.map(({ object }) => object);
const folder = mkdtempSync(join(tmpdir(), 'crowsnest-live-'));
const { host } = production.exposure.grafana;
const asked: {
  readonly host?: string;
  readonly name?: string | false | null;
  readonly url?: string;
}[] = [];
let controller: Server;
let exporter: RunningEngine;
let prometheus: RunningEngine;

beforeAll(async () => {
  const { key, cert, file } = makeCertificate(folder, `DNS:${host}`);
  // Like an ingress controller, it answers for its known hosts.
  controller = createServer({ key, cert }, ({ headers, url, socket }, response) => {
    asked.push({ host: headers.host, name: (socket as TLSSocket).servername, url });
    response.writeHead(headers.host === host ? 200 : 404).end();
  });
  await new Promise<void>((done) => controller.listen(0, '127.0.0.1', done));
  const { port } = controller.address() as AddressInfo;
  const workload = { kind: 'Deployment', name: 'crowsnest-blackbox-exporter' };
  const { args } = layOutPod(objects, workload, 'blackbox-exporter', join(folder, 'exporter'));
  exporter = await startEngine({
    binary: 'blackbox_exporter',
    args: ({ port: own }) => [...args, `--web.listen-address=127.0.0.1:${own}`],
    // This replaces an authority that browsers know.
    env: { SSL_CERT_FILE: file },
    readyPath: '/-/healthy',
  });
  const job = shippedJob(objects, 'probe-public');
  const [first, second, last] = job.relabel_configs ?? [];
  const [page] = job.static_configs ?? [];
  mkdirSync(join(folder, 'prometheus'));
  prometheus = await startPrometheus(objects, join(folder, 'prometheus'), ({ global }) => ({
    global,
    scrape_configs: [
      {
        ...job,
        scrape_interval: '1s',
        // The Services of the controller and of the exporter exist only in a cluster.
        static_configs: [
          {
            ...page,
            targets: (page?.targets ?? []).map((target) =>
              target.replace(/\/\/[^/]+/, `//127.0.0.1:${port}`),
            ),
          },
        ],
        relabel_configs: [first, second, { ...last, replacement: `127.0.0.1:${exporter.port}` }],
      },
    ],
  }));
});
afterAll(async () => {
  await prometheus?.stop();
  await exporter?.stop();
  controller?.close();
  rmSync(folder, { recursive: true, force: true });
});

it('the public host is probed by its name at the controller, and the expiry of its certificate is known', async () => {
  const [series] = await eventually('the probe succeeds', async () => {
    const found = await query(prometheus.url, 'probe_success == 1');
    return found.length > 0 ? found : undefined;
  });
  expect(series?.metric).toMatchObject({ job: 'probe-public', instance: `https://${host}` });
  expect(asked.at(-1)).toEqual({ host, name: host, url: '/healthz' });
  const [expiry] = await query(prometheus.url, '(probe_ssl_earliest_cert_expiry - time()) / 3600');
  expect(Number(expiry?.value[1])).toBeGreaterThan(22);
  expect(Number(expiry?.value[1])).toBeLessThan(24.1);
});
