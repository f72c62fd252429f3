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

/** Answers the token and access reviews that the proxy sends to an API server. */
const review = (body: string): { status: number; body: object } => {
  const { kind, apiVersion, spec } = JSON.parse(body);
  const known = tokens[spec.token];
  const status =
    kind === 'TokenReview'
      ? {
          // Without an audience, an API server accepts tokens for itself.
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
  // In a cluster, the address and the token are those of the pod, and the API server uses TLS.
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
    // The shipped flags, with other addresses and ports.
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
    [
      'accepts a token for its audience with the right to read the metrics',
      '/metrics',
      'allowed',
      200,
    ],
    ['rejects a client without a token', '/metrics', undefined, 401],
    ['rejects a token for another audience', '/metrics', 'elsewhere', 401],
    ['rejects a token without the right to read the metrics', '/metrics', 'unentitled', 403],
    ['has no page except the metrics, for any client', '/debug/pprof/', 'allowed', 404],
  ])('%s', async (_, path, token, status) => {
    const before = upstream.received.length;
    expect(await get(path, token)).toBe(status);
    expect(upstream.received.length - before).toBe(status === 200 ? 1 : 0);
  });

  it('supports TLS 1.3 and nothing older', async () => {
    expect(await get('/metrics', 'allowed', 'TLSv1.2')).toMatch(/protocol version/);
  });
});
