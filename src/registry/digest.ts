import { createHash } from 'node:crypto';
import { imageParts } from '../model/image-reference.js';
import { loginFor } from './credentials.js';
import { authorize } from './token.js';

/** Indexes first: the digest of an image for several architectures is that of its index. */
const accept = [
  'application/vnd.oci.image.index.v1+json',
  'application/vnd.docker.distribution.manifest.list.v2+json',
  'application/vnd.oci.image.manifest.v1+json',
  'application/vnd.docker.distribution.manifest.v2+json',
].join(', ');

/** Milliseconds until a registry that does not answer is given up. */
const limit = 30_000;

/**
 * The digest of an image in its registry: https://github.com/opencontainers/distribution-spec. Rejects
 * with a message for the user.
 */
export const digestOf = async (reference: string): Promise<string> => {
  const { registry, repository, tag } = locationOf(reference);
  const url = `${baseOf(registry)}/v2/${repository}/manifests/${tag}`;
  const request = (method: string, headers: Record<string, string> = {}) =>
    reach(registry, url, { method, headers: { accept, ...headers } });
  let answer = await request('HEAD');
  let headers: Record<string, string> = {};
  if (answer.status === 401) {
    const challenge = answer.headers.get('www-authenticate') ?? '';
    headers = await authorize(challenge, await loginFor(registry), (to, init) =>
      reach(registry, to, init),
    );
    answer = await request('HEAD', headers);
  }
  const digest = answer.ok && answer.headers.get('docker-content-digest');
  if (digest) return digest;
  // A registry may leave out the header, or may not answer to HEAD.
  const full = await request('GET', headers);
  if (!full.ok) throw new Error(refusal(registry, full.status));
  const body = Buffer.from(await full.arrayBuffer());
  return `sha256:${createHash('sha256').update(body).digest('hex')}`;
};

const locationOf = (reference: string) => {
  const { repository = '', tag = 'latest' } = imageParts(reference) ?? {};
  const [first = '', ...rest] = repository.split('/');
  // As Docker reads a reference: https://github.com/distribution/reference/blob/v0.6.0/normalize.go
  const hasHost = rest.length > 0 && (/[.:]/.test(first) || first === 'localhost');
  const registry = hasHost ? first : 'docker.io';
  const path = hasHost ? rest.join('/') : repository;
  const isOfficial = registry === 'docker.io' && !path.includes('/');
  return { registry, repository: isOfficial ? `library/${path}` : path, tag };
};

const baseOf = (registry: string): string => {
  if (registry === 'docker.io') return 'https://registry-1.docker.io';
  const { hostname } = new URL(`http://${registry}`);
  const isLocal = /^(localhost|127(\.\d+){3}|\[::1\])$/.test(hostname);
  return `${isLocal ? 'http' : 'https'}://${registry}`;
};

const reach = async (registry: string, url: string, init: RequestInit): Promise<Response> => {
  try {
    return await fetch(url, { ...init, signal: AbortSignal.timeout(limit) });
  } catch (error) {
    const { cause, message } = error as Error & { cause?: { code?: string; message?: string } };
    throw new Error(`${registry} cannot be reached: ${cause?.code ?? cause?.message ?? message}.`);
  }
};

const refusal = (registry: string, status: number): string => {
  if (status === 404) return `${registry} does not have this image.`;
  const login = status === 401 || status === 403;
  return login
    ? `${registry} refuses access (HTTP ${status}). Log in with: docker login ${registry}`
    : `${registry} answers with HTTP ${status}.`;
};
