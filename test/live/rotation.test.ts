import { readFileSync, realpathSync, rmSync, writeFileSync } from 'node:fs';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { join } from 'node:path';
import { afterEach, describe, expect, it } from 'vitest';
import { parse, stringify } from 'yaml';
import { metrics } from '../../src/model/offer.js';
import { secretsAmong } from '../../src/model/prerequisite.js';
import { startEngine } from '../engines/process.js';
import { build, minimal } from '../environment.js';
import { temporaryFolder } from '../output/folder.js';
import {
  alertmanagerPod,
  changeConfiguration,
  configurationPath,
  startAlertmanager,
} from './alertmanager-server.js';
import { listeningOn } from './listen.js';
import { layOutPod, type Pod } from './pod.js';
import { serverAt } from './redis-exporter-server.js';
import { redisPassword, startRedis } from './redis-server.js';
import { eventually } from './wait.js';

const running: { stop(): Promise<unknown> }[] = [];
afterEach(async () => {
  for (const one of running.splice(0).reverse()) await one.stop();
});

const keep = <T extends { stop(): Promise<unknown> }>(one: T): T => {
  running.push(one);
  return one;
};

/** A server that accepts one credential, in the header or in the path, and answers all others with 401. */
const guarded = async (first: string) => {
  let accepted = first;
  let answers: { credential: string; status: number }[] = [];
  const server = createServer((request, response) => {
    const credential = request.headers.authorization ?? request.url ?? '';
    const status = credential === accepted ? 200 : 401;
    answers.push({ credential, status });
    request.resume();
    response.writeHead(status, { 'content-type': 'text/plain' }).end('up_to_date 1\n');
  });
  await new Promise<void>((done) => server.listen(0, '127.0.0.1', done));
  const until = (credential: string, status: number) =>
    eventually(
      `the answer ${status} to one credential`,
      async () =>
        answers.some((one) => one.credential === credential && one.status === status) || undefined,
    );
  return keep({
    port: (server.address() as AddressInfo).port,
    until,
    /** From now on, only another credential is accepted. */
    rotate: (next: string) => {
      accepted = next;
      answers = [];
    },
    stop: () =>
      new Promise<void>((done) => {
        server.close(() => done());
        server.closeAllConnections();
      }),
  });
};

/** Replaces the files of a Secret as the kubelet does, which removes the old ones. */
const replaceSecret = (pod: Pod, secret: string, files: Readonly<Record<string, string>>): void => {
  const mounted = `/etc/crowsnest/secrets/${secret}`;
  const former = realpathSync(join(pod.path(mounted), '..data'));
  pod.update(mounted, files);
  rmSync(former, { recursive: true });
};

const basic = (password: string) => `Basic ${Buffer.from(`reader:${password}`).toString('base64')}`;

/** What is declared about a Secret, by its reader. */
const declared = (stack: ReturnType<typeof build>, secret: string) =>
  Object.fromEntries(
    secretsAmong(stack.prerequisites)
      .filter(({ name }) => name === secret)
      .flatMap(({ readers }) => readers.map(({ party, rotation }) => [party, rotation.kind])),
  );

describe('Prometheus', () => {
  it.each([
    [
      'a bearer token',
      { kind: 'bearer', token: { secret: 'shop', key: 'token' } } as const,
      (value: string) => `Bearer ${value}`,
    ],
    [
      'a password',
      { kind: 'basic', username: 'reader', password: { secret: 'shop', key: 'token' } } as const,
      basic,
    ],
  ])(
    'reads %s again: the old one gets 401, then the new one 200',
    async (_, authentication, credential) => {
      const stack = build({
        ...minimal,
        parties: [
          {
            name: 'shop',
            workloads: { shop: { kind: 'addresses', cidrs: ['192.0.2.1/32'] } },
            endpoints: {
              metrics: {
                port: 8080,
                host: 'shop.example.com',
                authentication,
                offers: [metrics()],
              },
            },
            consumes: [],
          },
        ],
      });
      expect(declared(stack, 'shop')).toEqual({ prometheus: 'reread' });
      const server = await guarded(credential('old'));
      const objects = stack.manifests.map(({ object }) => object);
      const workload = { kind: 'StatefulSet', name: 'crowsnest-prometheus' };
      const pod = layOutPod(objects, workload, 'prometheus', temporaryFolder(), {
        shop: { token: 'old' },
      });
      const file = pod.path('/etc/prometheus/config/prometheus.yml');
      const {
        scrape_configs,
        rule_files: _rules,
        alerting: _alerting,
        ...rest
      } = parse(readFileSync(file, 'utf8'));
      const { static_configs: _static, ...job } = scrape_configs.find(
        (one: { job_name: string }) => one.job_name === 'shop',
      );
      writeFileSync(
        file,
        stringify({
          ...rest,
          scrape_configs: [
            {
              ...job,
              scrape_interval: '1s',
              scrape_timeout: '1s',
              static_configs: [{ targets: [`127.0.0.1:${server.port}`] }],
            },
          ],
        }),
      );
      const engine = await startEngine({
        binary: 'prometheus',
        args: ({ port }) => listeningOn(pod.args, port),
        env: { POD_NAME: 'crowsnest-prometheus-0' },
        readyPath: '/-/ready',
      });
      keep(engine);
      await server.until(credential('old'), 200);
      server.rotate(credential('new'));
      await server.until(credential('old'), 401);
      replaceSecret(pod, 'shop', { token: 'new' });
      await server.until(credential('new'), 200);
    },
  );
});

describe('Alertmanager', () => {
  it('reads the URL of a receiver again: the old one gets 401, then the new one 200', async () => {
    const stack = build({
      ...minimal,
      alerting: {
        receivers: [{ kind: 'webhook', name: 'hook', url: { secret: 'hook', key: 'url' } }],
        defaultReceiver: 'hook',
      },
    });
    expect(declared(stack, 'hook')).toEqual({ alertmanager: 'reread' });
    const server = await guarded('/old');
    const url = (path: string) => `http://127.0.0.1:${server.port}${path}`;
    const pod = alertmanagerPod(
      stack.manifests.map(({ object }) => object),
      temporaryFolder(),
      { hook: { url: url('/old') } },
    );
    changeConfiguration(pod, readFileSync(configurationPath(pod), 'utf8'), {
      route: {
        receiver: 'hook',
        group_by: ['alertname'],
        group_wait: '0s',
        group_interval: '1s',
        repeat_interval: '1h',
      },
    });
    const engine = keep(await startAlertmanager(pod));
    const send = async (alertname: string) => {
      const { status } = await fetch(`${engine.url}/api/v2/alerts`, {
        method: 'POST',
        headers: { 'content-type': 'application/json' },
        body: JSON.stringify([{ labels: { alertname } }]),
      });
      expect(status).toBe(200);
    };
    await send('First');
    await server.until('/old', 200);
    server.rotate('/new');
    await send('Second');
    await server.until('/old', 401);
    replaceSecret(pod, 'hook', { url: url('/new') });
    await send('Third');
    await server.until('/new', 200);
  });
});

describe('redis_exporter', () => {
  it('reads the password only at its start, so that its pods have to restart', async () => {
    const folder = temporaryFolder();
    const redis = keep(await startRedis(folder));
    const server = { ...serverAt('carts', redis.port), host: 'redis.example.com' };
    const stack = build({ ...minimal, redisExporter: { servers: [server] } });
    expect(declared(stack, 'redis-carts')).toEqual({ 'redis-exporter': 'restart' });
    const text = JSON.stringify(stack.manifests.map(({ object }) => object));
    const objects = JSON.parse(text.replaceAll('redis.example.com', 'localhost'));
    const passwords = (password: string) => ({
      'passwords.json': JSON.stringify({ [`redis://localhost:${redis.port}`]: password }),
    });
    const workload = { kind: 'Deployment', name: 'crowsnest-redis-exporter-carts' };
    const pod = layOutPod(objects, workload, 'redis-exporter', folder, {
      'redis-carts': passwords(redisPassword),
    });
    const start = () =>
      startEngine({
        binary: 'redis_exporter',
        args: ({ port }) => listeningOn(pod.args, port),
        readyPath: '/health',
      });
    const isUp = async (engine: { readonly url: string }) =>
      /^redis_up (\d)/m.exec(await (await fetch(`${engine.url}/metrics`)).text())?.[1];
    const first = keep(await start());
    expect(await isUp(first)).toBe('1');
    await redis.command('CONFIG', 'SET', 'requirepass', 'another');
    replaceSecret(pod, 'redis-carts', passwords('another'));
    expect(await isUp(first)).toBe('0');
    expect(await isUp(keep(await start()))).toBe('1');
  });
});
