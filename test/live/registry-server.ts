import { createHash } from 'node:crypto';
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { type RunningEngine, startEngine } from '../engines/process.js';

/** The login of a registry that has one. */
export const registryLogin = { username: 'reader', password: 'password' } as const;

/** Starts a registry on the loopback address, with a login on request. */
export const startRegistry = (login = false): Promise<RunningEngine> =>
  startEngine({
    binary: 'registry',
    // It answers without a login.
    readyPath: '/',
    args: ({ port, folder }) => {
      const config = {
        version: 0.1,
        log: { level: 'warn' },
        storage: { filesystem: { rootdirectory: join(folder, 'data') } },
        http: { addr: `127.0.0.1:${port}`, secret: 'only-for-tests' },
        ...(login && { auth: { htpasswd: { realm: 'test', path: join(folder, 'htpasswd') } } }),
      };
      // The bcrypt hash of the password above.
      const hash = '$2b$05$WT5/xJIAFOEr58T3mF.O9uAm4aIHw/HJBfeT1xzi/geAvM2e5lmAK';
      writeFileSync(join(folder, 'htpasswd'), `${registryLogin.username}:${hash}\n`);
      writeFileSync(join(folder, 'config.yml'), JSON.stringify(config));
      return ['serve', join(folder, 'config.yml')];
    },
  });

/** Pushes an image index whose content depends on a text; returns its digest. */
export const pushImage = async (
  { url }: Pick<RunningEngine, 'url'>,
  repository: string,
  tag: string,
  text: string,
  login?: { readonly username: string; readonly password: string },
): Promise<string> => {
  const authorization =
    login && `Basic ${Buffer.from(`${login.username}:${login.password}`).toString('base64')}`;
  const send = async (path: string, init: RequestInit): Promise<Response> => {
    const headers = { ...(init.headers as object), ...(authorization && { authorization }) };
    const answer = await fetch(new URL(path, url), { ...init, headers });
    if (!answer.ok) throw new Error(`${path}: ${answer.status} ${await answer.text()}`);
    return answer;
  };
  const upload = async (content: string): Promise<{ digest: string; size: number }> => {
    const digest = `sha256:${createHash('sha256').update(content).digest('hex')}`;
    const begun = await send(`/v2/${repository}/blobs/uploads/`, { method: 'POST' });
    const location = new URL(begun.headers.get('location')!, url);
    location.searchParams.set('digest', digest);
    await send(location.href, { method: 'PUT', body: content });
    return { digest, size: content.length };
  };
  const put = async (name: string, mediaType: string, manifest: object): Promise<string> => {
    const body = JSON.stringify({ schemaVersion: 2, mediaType, ...manifest });
    const headers = { 'content-type': mediaType };
    const answer = await send(`/v2/${repository}/manifests/${name}`, {
      method: 'PUT',
      body,
      headers,
    });
    return answer.headers.get('docker-content-digest')!;
  };
  const config = await upload(JSON.stringify({ architecture: 'amd64', os: 'linux', text }));
  const layer = await upload(text);
  const image = 'application/vnd.oci.image.manifest.v1+json';
  const digest = await put(`${tag}-amd64`, image, {
    config: { mediaType: 'application/vnd.oci.image.config.v1+json', ...config },
    layers: [{ mediaType: 'application/vnd.oci.image.layer.v1.tar', ...layer }],
  });
  const { size } = {
    size: Number(
      (
        await send(`/v2/${repository}/manifests/${digest}`, {
          method: 'HEAD',
          headers: { accept: image },
        })
      ).headers.get('content-length'),
    ),
  };
  return put(tag, 'application/vnd.oci.image.index.v1+json', {
    manifests: [
      { mediaType: image, digest, size, platform: { architecture: 'amd64', os: 'linux' } },
    ],
  });
};
