import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { freePort } from '../engines/port.js';
import { type RunningEngine, startEngine } from '../engines/process.js';
import { type Cluster, startCluster } from './cluster.js';
import { deploy } from './cluster-apply.js';
import { requestApi } from './cluster-request.js';
import { find, shipped } from './shipped.js';

const environment = 'production';
const agents = 'crowsnest-agents';
const audience = 'node-exporter';
const folder = mkdtempSync(join(tmpdir(), 'crowsnest-live-'));

const argumentsOf = (name: string): string[] => {
  const { spec } = find(shipped(environment), 'DaemonSet', 'crowsnest-node-exporter');
  return spec.template.spec.containers.find((one: { name: string }) => one.name === name).args;
};

/** The shipped arguments with other values; a flag that does not ship is an error. */
const replaced = (args: readonly string[], values: Readonly<Record<string, string>>): string[] => {
  const shippedFlags = args.map((arg) => arg.split('=')[0]);
  expect(shippedFlags).toEqual(expect.arrayContaining(Object.keys(values)));
  return args.map((arg) => {
    const [flag = ''] = arg.split('=');
    return flag in values ? `${flag}=${values[flag]}` : arg;
  });
};

describe('node-exporter behind the real kube-rbac-proxy, both with the shipped flags', () => {
  const engines: RunningEngine[] = [];
  let cluster: Cluster;
  let url: string;

  beforeAll(async () => {
    cluster = await startCluster();
    await deploy(cluster, environment);
    const exporter = await startEngine({
      binary: 'node_exporter',
      args: ({ port }) =>
        replaced(argumentsOf('node-exporter'), {
          '--web.listen-address': `127.0.0.1:${port}`,
          '--path.rootfs': '/',
          '--path.procfs': '/proc',
          '--path.sysfs': '/sys',
          '--path.udev.data': '/run/udev/data',
        }),
      readyPath: '/',
    });
    engines.push(exporter);
    const secured = await freePort();
    url = `https://127.0.0.1:${secured}`;
    const kubeconfig = cluster.kubeconfig(
      folder,
      await cluster.token(agents, 'crowsnest-node-exporter'),
    );
    const proxy = await startEngine({
      binary: 'kube-rbac-proxy',
      args: ({ port }) => [
        ...replaced(argumentsOf('kube-rbac-proxy'), {
          '--secure-listen-address': `[127.0.0.1]:${secured}`,
          '--proxy-endpoints-port': `${port}`,
          '--upstream': `${exporter.url}/`,
        }),
        // In a pod, it gets the API server from its environment variables, and the token from a
        // mount.
        `--kubeconfig=${kubeconfig}`,
      ],
      readyPath: '/healthz',
      scheme: 'https',
    });
    engines.push(proxy);
  });
  afterAll(async () => {
    for (const engine of engines.reverse()) await engine.kill();
    await cluster?.stop();
    rmSync(folder, { recursive: true, force: true });
  });

  const get = async (path: string, token?: string) => requestApi({ url }, { path, token });
  const prometheus = (forAudience?: string) =>
    cluster.token('crowsnest', 'crowsnest-prometheus', forAudience);

  it('answers prometheus with metrics if it sends a token for its audience', async () => {
    const { status, body } = await get('/metrics', await prometheus(audience));
    expect(status).toBe(200);
    expect(body).toContain('node_uname_info{');
  });

  it.each([
    ['no token', async () => undefined],
    ['an invalid token', async () => 'none'],
    ['a token of prometheus for the API server', () => prometheus()],
    ['a token of prometheus for another audience', () => prometheus('another')],
  ])('answers 401 to %s', async (_, token) => {
    expect((await get('/metrics', await token())).status).toBe(401);
  });

  it.each([
    ['crowsnest', 'crowsnest-grafana'],
    ['crowsnest', 'crowsnest-kube-state-metrics'],
    [agents, 'crowsnest-node-exporter'],
  ])('answers 403 to %s/%s, even with a token for its audience', async (namespace, account) => {
    const token = await cluster.token(namespace, account, audience);
    expect((await get('/metrics', token)).status).toBe(403);
  });

  it.each(['/', '/debug/pprof/', '/metrics/'])(
    'has nothing at %s, even for prometheus',
    async (path) => {
      const { status, body } = await get(path, await prometheus(audience));
      expect(status).toBe(404);
      expect(body).not.toContain('node_');
    },
  );

  it('has a token that the API server does not accept', async () => {
    const token = await prometheus(audience);
    expect((await cluster.request({ path: '/metrics', token })).status).toBe(401);
  });
});
