import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test, vi } from 'vitest';
import { imagesIn } from '../../src/images/pin.js';
import { digestOf } from '../../src/registry/digest.js';
import { crowsnest } from '../commands/command.js';
import { freePort } from '../engines/port.js';
import type { RunningEngine } from '../engines/process.js';
import { build, minimal } from '../environment.js';
import { clone } from '../output/command.js';
import { fill } from '../output/folder.js';
import { pushImage, registryLogin, startRegistry } from './registry-server.js';

const docker = mkdtempSync(join(tmpdir(), 'crowsnest-docker-'));
let open: RunningEngine;
let closed: RunningEngine;

const hostOf = ({ port }: RunningEngine) => `127.0.0.1:${port}`;

beforeAll(async () => {
  [open, closed] = await Promise.all([startRegistry(), startRegistry(true)]);
  vi.stubEnv('DOCKER_CONFIG', docker);
});
afterAll(async () => {
  vi.unstubAllEnvs();
  await Promise.all([open?.stop(), closed?.stop()]);
  rmSync(docker, { recursive: true });
});

describe('the digest of an image', () => {
  test('is that of its index', async () => {
    const digest = await pushImage(open, 'shop/web', '1.2.3', 'one');
    expect(await digestOf(`${hostOf(open)}/shop/web:1.2.3`)).toBe(digest);
  });

  test('needs the login of the Docker configuration', async () => {
    const digest = await pushImage(closed, 'shop/web', '1.2.3', 'one', registryLogin);
    const reference = `${hostOf(closed)}/shop/web:1.2.3`;
    fill(docker, { 'config.json': '{}' });
    await expect(digestOf(reference)).rejects.toThrow('docker login 127.0.0.1');
    const { username, password } = registryLogin;
    const auth = (text: string) => Buffer.from(text).toString('base64');
    const config = (text: string) =>
      JSON.stringify({ auths: { [hostOf(closed)]: { auth: auth(text) } } });
    fill(docker, { 'config.json': config(`${username}:wrong`) });
    await expect(digestOf(reference)).rejects.toThrow('refuses access (HTTP 401)');
    fill(docker, { 'config.json': config(`${username}:${password}`) });
    expect(await digestOf(reference)).toBe(digest);
  });

  test('is unknown without the image, or without the registry', async () => {
    await expect(digestOf(`${hostOf(open)}/shop/web:9.9.9`)).rejects.toThrow('does not have');
    const nobody = `127.0.0.1:${await freePort()}`;
    await expect(digestOf(`${nobody}/shop/web:1.2.3`)).rejects.toThrow(
      `${nobody} cannot be reached: ECONNREFUSED.`,
    );
  });
});

describe('crowsnest images', () => {
  // All images are in the mirror; their origins cannot be reached here.
  const project = () => {
    const options = { ...minimal, imageMirror: `${hostOf(open)}/mirror` };
    return clone({ 'environments/one.ts': `export default ${JSON.stringify(options)};\n` });
  };
  const mirrored = () =>
    imagesIn(build({ ...minimal, imageMirror: `${hostOf(open)}/mirror` }).manifests);
  const push = async (reference: string, text: string) => {
    const [path = '', tag = ''] = reference.slice(hostOf(open).length + 1).split(/:(?=[^:]*$)/);
    return pushImage(open, path, tag, text);
  };

  test('lock changes nothing while an image is missing, writes all digests, and synth uses them', async () => {
    const folder = project();
    const [first = '', ...others] = mirrored();
    for (const one of others) await push(one, one);
    const failed = await crowsnest(folder, 'images', 'lock');
    expect(failed).toMatchObject({
      status: 1,
      stderr: `${first}: ${hostOf(open)} does not have this image.\n\nimages.lock was not written.\n`,
    });
    const digest = await push(first, first);
    expect((await crowsnest(folder, 'images', 'lock')).status).toBe(0);
    expect(readFileSync(join(folder, 'images.lock'), 'utf8')).toContain(digest);
    const { status, stderr } = await crowsnest(folder, 'synth');
    expect([status, stderr]).toEqual([0, expect.not.stringContaining('not-locked')]);
    const listed = await crowsnest(folder, 'images');
    const lines = listed.stdout.trimEnd().split('\n');
    expect(lines).toHaveLength(mirrored().length);
    expect(lines[0]).toMatch(new RegExp(`^${first}@${digest}\t[a-z.]+/`));
    expect(await crowsnest(folder, 'images', 'verify')).toMatchObject({ status: 0 });

    const moved = await push(first, 'another image');
    const verified = await crowsnest(folder, 'images', 'verify');
    expect(verified).toMatchObject({
      status: 1,
      stderr: expect.stringContaining(`${first} is now ${moved}, and was ${digest}.`),
    });
  });
});
