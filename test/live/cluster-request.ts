import { request as requestHttps } from 'node:https';

/** A request to an HTTPS server such as the Kubernetes API. */
export interface ApiRequest {
  /** @default `GET` */
  readonly method?: 'GET' | 'POST' | 'PATCH' | 'DELETE';
  readonly path: string;
  /** The JSON body. */
  readonly body?: object;
  /** The type of a PATCH. @default 'merge-patch+json' */
  readonly patch?: 'merge-patch+json' | 'apply-patch+yaml';
  /** A bearer token; empty for none. */
  readonly token?: string;
  /** The name of an impersonated user, and its groups. */
  readonly as?: { readonly user: string; readonly groups: readonly string[] };
}

/** A status and a body: the value if it is JSON, otherwise the text. */
export interface Answer {
  readonly status: number;
  readonly warnings: readonly string[];
  // biome-ignore lint/suspicious/noExplicitAny: each path answers with another kind
  readonly body: any;
}

/**
 * Sends a request. Without a certificate authority, the certificate of the server is not verified.
 */
export const requestApi = (
  { url, certificate }: { url: string; certificate?: string },
  { method = 'GET', path, body, patch = 'merge-patch+json', token, as }: ApiRequest,
): Promise<Answer> =>
  new Promise((done, fail) => {
    const headers = {
      'Content-Type': method === 'PATCH' ? `application/${patch}` : 'application/json',
      ...(token && { Authorization: `Bearer ${token}` }),
      ...(as && { 'Impersonate-User': as.user, 'Impersonate-Group': [...as.groups] }),
    };
    const trust = certificate ? { ca: certificate } : { rejectUnauthorized: false };
    const sent = requestHttps(
      `${url}${path}`,
      { method, headers, ...trust, agent: false, signal: AbortSignal.timeout(30_000) },
      (response) => {
        let text = '';
        response.setEncoding('utf8').on('data', (part: string) => {
          text += part;
        });
        response.on('end', () => {
          const json = response.headers['content-type']?.startsWith('application/json');
          done({
            status: response.statusCode ?? 0,
            warnings: [response.headers.warning ?? []].flat(),
            body: json ? JSON.parse(text) : text,
          });
        });
      },
    );
    sent.on('error', fail);
    sent.end(body && JSON.stringify(body));
  });
