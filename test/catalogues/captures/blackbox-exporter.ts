import { execFileSync } from 'node:child_process';
import { readFileSync, writeFileSync } from 'node:fs';
import { createServer as createHttp2Server } from 'node:http2';
import { createServer } from 'node:https';
import type { AddressInfo } from 'node:net';
import { join } from 'node:path';
import { parse, stringify } from 'yaml';
import { freePort } from '../../engines/port.js';
import { startEngine } from '../../engines/process.js';
import { engineRelease } from '../../engines/release.js';
import { listeningOn } from '../../live/listen.js';
import { startPage } from '../../live/page.js';
import { layOutPod } from '../../live/pod.js';
import { shipped } from '../../live/shipped.js';
import type { Capture } from '../capture.js';
import { asItIs, provoked } from '../observation.js';

const workload = { kind: 'Deployment', name: 'crowsnest-blackbox-exporter' };

/** A server with a self-signed certificate. */
const startSecurePage = async (folder: string) => {
  const [key, cert] = [join(folder, 'server.key'), join(folder, 'server.crt')];
  const request = ['req', '-x509', '-newkey', 'rsa:2048', '-nodes', '-days', '1'];
  const subject = ['-subj', '/CN=localhost', '-addext', 'subjectAltName=IP:127.0.0.1'];
  execFileSync('openssl', [...request, ...subject, '-keyout', key, '-out', cert], {
    stdio: 'ignore',
  });
  const server = createServer({ key: readFileSync(key), cert: readFileSync(cert) }, (_, answer) =>
    answer.writeHead(200, { 'last-modified': new Date().toUTCString() }).end('ok'),
  );
  await new Promise<void>((done) => server.listen(0, '127.0.0.1', done));
  const url = `https://127.0.0.1:${(server.address() as AddressInfo).port}/`;
  return { url, certificate: cert, stop: () => server.close() };
};

/** A server with gRPC's health service, which answers that it serves: the field 1 of its message is 1. */
const startGrpc = async () => {
  const server = createHttp2Server();
  server.on('stream', (stream) => {
    stream.respond({ 'content-type': 'application/grpc' }, { waitForTrailers: true });
    stream.on('wantTrailers', () => stream.sendTrailers({ 'grpc-status': '0' }));
    stream.end(Buffer.from([0, 0, 0, 0, 2, 8, 1]));
  });
  await new Promise<void>((done) => server.listen(0, '127.0.0.1', done));
  const host = `127.0.0.1:${(server.address() as AddressInfo).port}`;
  return { host, stop: () => server.close() };
};

export default {
  engine: 'blackbox-exporter',
  releases: async () => [await engineRelease('blackbox-exporter')],
  run: async (folder) => {
    const pod = layOutPod(shipped('production'), workload, 'blackbox-exporter', folder);
    const secure = await startSecurePage(folder);
    const healthy = await startGrpc();
    const broken = await startPage(() => ({ status: 503 }));
    const config = (pod.args.find((arg) => arg.startsWith('--config.file=')) ?? '').slice(14);
    const { modules } = parse(readFileSync(config, 'utf8'));
    const shippedModule = modules.http_200;
    // As in the module for pages with the cluster's certificates, but with this certificate.
    const tls = { tls_config: { ca_file: secure.certificate } };
    modules.secure = { ...shippedModule, http: { ...shippedModule.http, ...tls } };
    // As users can state them.
    modules.tcp = { prober: 'tcp', tcp: { query_response: [{ send: 'a' }] } };
    modules.dns = { prober: 'dns', dns: { query_name: 'example.com' } };
    modules.grpc = { prober: 'grpc', grpc: { preferred_ip_protocol: 'ip4' } };
    const changed = join(folder, 'config.yml');
    writeFileSync(changed, stringify({ modules }));
    const exporter = await startEngine({
      binary: 'blackbox_exporter',
      args: ({ port }) => [
        ...listeningOn(pod.args, port).filter((arg) => !arg.startsWith('--config.file=')),
        `--config.file=${changed}`,
      ],
      readyPath: '/-/healthy',
    });
    const probe = (module: string, target: string) => ({
      url: `${exporter.url}/probe?${new URLSearchParams({ module, target })}`,
    });
    try {
      const page = { url: `${exporter.url}/metrics` };
      const before = await asItIs(page);
      const probes = [
        await asItIs(probe('http_200', `${exporter.url}/-/healthy`)),
        await asItIs(probe('secure', secure.url)),
        await provoked(probe('http_200', secure.url)),
        await provoked(probe('http_200', broken.url)),
        await provoked(probe('http_200', `http://127.0.0.1:${await freePort()}/`)),
        await provoked(probe('http_200', 'http://name.invalid/')),
        await provoked(probe('tcp', new URL(broken.url).host)),
        await provoked(probe('dns', new URL(broken.url).host)),
        await asItIs(probe('grpc', healthy.host)),
      ];
      await fetch(probe('no-such-module', broken.url).url);
      return {
        'blackbox-exporter': { seen: [before, await provoked(page)] },
        probe: { seen: probes },
      };
    } finally {
      await exporter.stop();
      await broken.stop();
      secure.stop();
      healthy.stop();
    }
  },
} satisfies Capture;
