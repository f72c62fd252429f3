import { request as requestHttp } from 'node:http';
import { request as requestHttps } from 'node:https';
import type * as client from '@kubernetes/client-node';
import type { KubernetesObject } from '../model/manifest.js';
import type { Missing, Reading } from './reading.js';
import { listPath, type Resource, resources } from './resource.js';

/** The cluster cannot be reached, or there is no such context. */
export class Unreachable extends Error {}

const pageSize = 500;
const timeout = 30_000;

type KubeConfig = client.KubeConfig;

/** Lists the resources in the cluster of a context of the kubeconfig, with the official client. */
export const readCluster = async (
  { KubeConfig: Config }: Pick<typeof client, 'KubeConfig'>,
  context: string | undefined,
  progress: (resource: Resource) => void,
): Promise<Reading> => {
  const config = configOf(new Config(), context);
  const objects: KubernetesObject[] = [];
  const missing: Missing[] = [];
  for (const resource of resources) {
    progress(resource);
    const { kind, apiVersion, optional } = resource;
    const answer = await list(config, listPath(resource));
    if (Array.isArray(answer)) objects.push(...answer.map((one) => ({ ...one, kind, apiVersion })));
    else if (answer !== 404) missing.push({ kind, reason: `not allowed (${answer})` });
    else if (!optional) missing.push({ kind, reason: `the cluster has no API ${apiVersion}` });
  }
  const { currentContext } = config;
  return { source: `context ${currentContext}`, name: currentContext, objects, missing };
};

const configOf = (config: KubeConfig, context: string | undefined): KubeConfig => {
  try {
    config.loadFromDefault();
  } catch (error) {
    throw new Unreachable(`The kubeconfig cannot be read: ${withoutContent(error)}.`);
  }
  const names = config.getContexts().map(({ name }) => name);
  // Without a kubeconfig, the client invents this context.
  if (names.length === 0 || names.join() === 'loaded-context') {
    throw new Unreachable('There is no kubeconfig: set KUBECONFIG, or save the cluster to a file.');
  }
  if (context !== undefined) config.setCurrentContext(context);
  const current = config.getCurrentContext();
  if (!names.includes(current)) {
    const problem = current ? `The kubeconfig has no context '${current}'.` : 'No context is set.';
    throw new Unreachable(`${problem} There are: ${names.join(', ')}.`);
  }
  if (!config.getCurrentCluster()) {
    throw new Unreachable(`The kubeconfig has no cluster for the context '${current}'.`);
  }
  return config;
};

/** All objects at a path, page by page, or the status of a refusal. */
const list = async (config: KubeConfig, path: string): Promise<KubernetesObject[] | number> => {
  const items: KubernetesObject[] = [];
  let next = '';
  do {
    const query = next && `&continue=${encodeURIComponent(next)}`;
    const { status, body } = await get(config, `${path}?limit=${pageSize}${query}`);
    if (status === 401) {
      throw new Unreachable(`${serverOf(config)} rejects the credentials of the context (401).`);
    }
    if (status === 403 || status === 404) return status;
    if (status !== 200) throw new Unreachable(`${serverOf(config)}${path}: status ${status}.`);
    const page = JSON.parse(body);
    items.push(...page.items);
    next = page.metadata?.continue ?? '';
  } while (next);
  return items;
};

const serverOf = (config: KubeConfig): string => config.getCurrentCluster()?.server ?? '';

/** The client's own list functions convert every field of every object, which is not needed here. */
const get = async (config: KubeConfig, path: string): Promise<{ status: number; body: string }> => {
  const server = serverOf(config).replace(/\/$/, '');
  const options = { headers: { Accept: 'application/json' }, timeout };
  try {
    await config.applyToHTTPSOptions(options);
    const request = server.startsWith('http:') ? requestHttp : requestHttps;
    return await new Promise((resolve, reject) => {
      const sent = request(`${server}${path}`, options, (response) => {
        let body = '';
        response.setEncoding('utf8');
        response.on('data', (part: string) => {
          body += part;
        });
        response.on('end', () => resolve({ status: response.statusCode ?? 0, body }));
        response.on('error', reject);
      });
      sent.on('timeout', () => sent.destroy(new Error(`no answer after ${timeout / 1000} s`)));
      sent.on('error', reject);
      sent.end();
    });
  } catch (error) {
    throw new Unreachable(`${server} cannot be reached: ${textOf(error)}.`);
  }
};

/** The text of an error without the excerpt of the file: it can contain a credential. */
const withoutContent = (error: unknown): string => {
  const { reason, mark } = Object(error);
  return mark ? `${reason} in line ${mark.line + 1}` : textOf(error).split('\n')[0]!;
};

const textOf = (error: unknown): string => {
  const { message, code } = Object(error);
  return message || code || String(error);
};
