import { request as requestHttp } from 'node:http';
import { request as requestHttps } from 'node:https';
import type * as client from '@kubernetes/client-node';

/** The cluster cannot be reached, or the kubeconfig does not have the context. */
export class Unreachable extends Error {}

/** A request to the API server. */
export interface ClusterRequest {
  /** @default 'GET' */
  readonly method?: 'GET' | 'PATCH';
  readonly path: string;
  /** An object that is applied on the server, as JSON. */
  readonly body?: object;
}

/** The connection to the cluster of a context. */
export interface ClusterConnection {
  readonly context: string;
  /** The URL of the API server. */
  readonly server: string;
  /** Throws `Unreachable` if there is no answer. */
  readonly send: (request: ClusterRequest) => Promise<{ status: number; body: string }>;
}

const timeout = 30_000;

type KubeConfig = client.KubeConfig;

/** Reads the kubeconfig with the official client. Without a context, the current one is used. */
export const connectionTo = (
  { KubeConfig: Config }: Pick<typeof client, 'KubeConfig'>,
  context: string | undefined,
): ClusterConnection => {
  const config = configOf(new Config(), context);
  const server = (config.getCurrentCluster()?.server ?? '').replace(/\/$/, '');
  return {
    context: config.currentContext,
    server,
    send: (request) => send(config, server, request),
  };
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
    throw new Unreachable('There is no kubeconfig: set KUBECONFIG.');
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

/** The client's own functions convert every field of every object, and drop those that they do not know. */
const send = async (
  config: KubeConfig,
  server: string,
  { method = 'GET', path, body: content }: ClusterRequest,
): Promise<{ status: number; body: string }> => {
  const headers = {
    Accept: 'application/json',
    ...(content && { 'Content-Type': 'application/apply-patch+yaml' }),
  };
  const options = { method, headers, timeout };
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
      sent.end(content && JSON.stringify(content));
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
