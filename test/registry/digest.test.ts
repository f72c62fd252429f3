import { chmodSync, mkdtempSync, rmSync } from 'node:fs';
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { delimiter, join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test, vi } from 'vitest';
import { loginFor } from '../../src/registry/credentials.js';
import { digestOf } from '../../src/registry/digest.js';
import { fill } from '../output/folder.js';

const digest = `sha256:${'0123456789abcdef'.repeat(4)}`;

/**
 * A registry with a token service, as Docker Hub has: the real registry of the live tests has none.
 * It gives a token to everybody, and another one for a login or an identity token.
 */
const answer = (request: IncomingMessage, response: ServerResponse) => {
  const { authorization = '', host } = request.headers;
  const url = new URL(request.url ?? '', `http://${host}`);
  if (url.pathname === '/token') {
    let body = '';
    request.on('data', (chunk) => {
      body += chunk;
    });
    request.on('end', () => {
      const scope = url.searchParams.get('scope') ?? new URLSearchParams(body).get('scope');
      const refreshed = new URLSearchParams(body).get('refresh_token');
      const basic = Buffer.from(authorization.slice(6), 'base64').toString();
      response.end(JSON.stringify({ token: `${refreshed ?? basic}|${scope}` }));
    });
    return;
  }
  const [, repository = ''] = /^\/v2\/(.+)\/manifests\/1\.2\.3$/.exec(url.pathname) ?? [];
  const needed = repository.startsWith('private/') ? ['user:secret', 'identity'] : [''];
  const scope = `repository:${repository}:pull`;
  if (!needed.some((one) => authorization === `Bearer ${one}|${scope}`)) {
    const challenge = `Bearer realm="http://${host}/token",service="test",scope="${scope}"`;
    response.writeHead(401, { 'www-authenticate': challenge }).end();
    return;
  }
  const isPlain = repository.endsWith('plain');
  response.writeHead(200, isPlain ? {} : { 'docker-content-digest': digest }).end('content');
};

const server = createServer(answer);
const folder = mkdtempSync(join(tmpdir(), 'crowsnest-registry-'));
let host = '';
const configure = (config: object) => fill(folder, { 'config.json': JSON.stringify(config) });

beforeAll(async () => {
  await new Promise<void>((done) => server.listen(0, '127.0.0.1', done));
  host = `127.0.0.1:${(server.address() as AddressInfo).port}`;
  vi.stubEnv('DOCKER_CONFIG', folder);
});
afterAll(() => {
  vi.unstubAllEnvs();
  server.close();
  rmSync(folder, { recursive: true });
});

describe('a registry with a token service', () => {
  test('gives everybody the digest of a public image', async () => {
    configure({});
    expect(await digestOf(`${host}/public/web:1.2.3`)).toBe(digest);
    await expect(digestOf(`${host}/private/web:1.2.3`)).rejects.toThrow('refuses access');
  });

  test.each([
    ['a password', { auth: Buffer.from('user:secret').toString('base64') }],
    ['an identity token', { identitytoken: 'identity' }],
  ])('gives the digest of a private image to %s', async (_, entry) => {
    configure({ auths: { [host]: entry } });
    expect(await digestOf(`${host}/private/web:1.2.3`)).toBe(digest);
  });

  test('may leave out the header with the digest', async () => {
    configure({});
    expect(await digestOf(`${host}/public/plain:1.2.3`)).toBe(
      'sha256:ed7002b439e9ac845f22357d822bac1444730fbdb6016d3ec9432297b9ec9f73',
    );
  });
});

describe('a login', () => {
  test('comes from the credential helper of its registry, before the general one', async () => {
    const helper = (name: string, text: string) => {
      fill(folder, { [`docker-credential-${name}`]: `#!/bin/sh\n${text}\n` });
      chmodSync(join(folder, `docker-credential-${name}`), 0o755);
    };
    helper('own', `read registry; echo "{\\"Username\\": \\"$registry\\", \\"Secret\\": \\"s\\"}"`);
    helper('none', 'exit 1');
    vi.stubEnv('PATH', `${folder}${delimiter}${process.env.PATH}`);
    configure({ credsStore: 'none', credHelpers: { 'a.example.com': 'own' } });
    expect(await loginFor('a.example.com')).toEqual({ username: 'a.example.com', password: 's' });
    expect(await loginFor('b.example.com')).toBeUndefined();
  });

  test('of Docker Hub has an address of its own, and a password may contain colons', async () => {
    const auth = Buffer.from('user:a:b').toString('base64');
    configure({ auths: { 'https://index.docker.io/v1/': { auth } } });
    expect(await loginFor('docker.io')).toEqual({ username: 'user', password: 'a:b' });
  });

  test('cannot come from a configuration that is no JSON, which is said without its content', async () => {
    fill(folder, { 'config.json': '{"auths": secret' });
    await expect(loginFor('a.example.com')).rejects.toThrow(
      `${join(folder, 'config.json')} cannot be read as JSON.`,
    );
  });
});
