import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { request } from 'node:https';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { stringify } from 'yaml';
import { freePort } from '../engines/port.js';
import { type RunningEngine, startEngine } from '../engines/process.js';
import { type Page, startPage } from './page.js';
import { find, shipped } from './shipped.js';

const folder = mkdtempSync(join(tmpdir(), 'crowsnest-live-'));
const tokens: Record<string, { user: string; audience: string }> = {
  allowed: { user: 'prometheus', audience: 'node-exporter' },
  unentitled: { user: 'somebody', audience: 'node-exporter' },
  elsewhere: { user: 'prometheus', audience: 'kubernetes' },
};
let apiServer: Page;
let upstream: Page;
let proxy: RunningEngine;
let port: number;

/** Answers the two questions that the proxy asks an API server, as the tokens say. */
const review = (body: string): { status: number; body: object } => {
  const { kind, apiVersion, spec } = JSON.parse(body);
  const known = tokens[spec.token];
  const status =
    kind === 'TokenReview'
      ? {
          // Without an audience an API server takes the tokens that are for itself.
          authenticated: (spec.audiences ?? ['kubernetes']).includes(known?.audience),
          user: { username: known?.user },
          audiences: known ? [known.audience] : [],
        }
      : {
          allowed:
            spec.user === 'prometheus' &&
            spec.nonResourceAttributes.path === '/metrics' &&
            spec.nonResourceAttributes.verb === 'get',
        };
  return { status: 201, body: { kind, apiVersion, spec, status } };
};

const get = (path: string, token?: string, maxVersion?: 'TLSv1.2'): Promise<number | string> =>
  new Promise((done) => {
    const headers = token ? { authorization: `Bearer ${token}` } : {};
    const options = { rejectUnauthorized: false, agent: false, headers, maxVersion };
    request(`https://127.0.0.1:${port}${path}`, options as object, (response) => {
      response.resume();
      done(response.statusCode ?? 0);
    })
      .on('error', ({ message }) => done(message))
      .end();
  });

beforeAll(async () => {
  apiServer = await startPage(({ body }) => review(body));
  upstream = await startPage();
  // In a cluster the address and the token are the pod's own, and the API server speaks TLS.
  const kubeconfig = join(folder, 'kubeconfig');
  writeFileSync(
    kubeconfig,
    stringify({
      apiVersion: 'v1',
      kind: 'Config',
      clusters: [{ name: 'test', cluster: { server: apiServer.url } }],
      contexts: [{ name: 'test', context: { cluster: 'test', user: 'test' } }],
      'current-context': 'test',
      users: [{ name: 'test', user: {} }],
    }),
  );
  const container = find(
    shipped('production'),
    'DaemonSet',
    'crowsnest-node-exporter',
  ).spec.template.spec.containers.find(({ name }: { name: string }) => name === 'kube-rbac-proxy');
  port = await freePort();
  proxy = await startEngine({
    binary: 'kube-rbac-proxy',
    scheme: 'https',
    readyPath: container.readinessProbe.httpGet.path,
    // The shipped flags, with the address of the pod and its ports replaced.
    args: ({ port: health }) => [
      ...container.args.map((arg: string) =>
        arg
          .replace('$(POD_IP)', '127.0.0.1')
          .replace(/^(--secure-listen-address=.*):\d+$/, `$1:${port}`)
          .replace(/^(--proxy-endpoints-port=)\d+$/, `$1${health}`)
          .replace(/^(--upstream=)http:\/\/127\.0\.0\.1:\d+/, `$1${upstream.url}`),
      ),
      `--kubeconfig=${kubeconfig}`,
    ],
  });
});
afterAll(async () => {
  await proxy?.stop();
  await upstream?.stop();
  await apiServer?.stop();
  rmSync(folder, { recursive: true, force: true });
});

describe('kube-rbac-proxy with the shipped flags', () => {
  it.each([
    ['passes a token for its audience that may read the metrics', '/metrics', 'allowed', 200],
    ['refuses who has no token', '/metrics', undefined, 401],
    ['refuses a token for another audience', '/metrics', 'elsewhere', 401],
    ['refuses a token that may not read the metrics', '/metrics', 'unentitled', 403],
    ['has no page but the metrics, whoever asks', '/debug/pprof/', 'allowed', 404],
  ])('%s', async (_, path, token, status) => {
    const before = upstream.received.length;
    expect(await get(path, token)).toBe(status);
    expect(upstream.received.length - before).toBe(status === 200 ? 1 : 0);
  });

  it('speaks TLS 1.3 and nothing older', async () => {
    expect(await get('/metrics', 'allowed', 'TLSv1.2')).toMatch(/protocol version/);
  });
});
