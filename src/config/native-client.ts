import type { z } from 'zod';
import { isOwnPlace, placed, type Server, serverAt } from './server.js';

/** What a native HTTP client states about the servers that it connects to, besides its own server. */
export interface NativeClient {
  readonly oauth2?: { readonly token_url: string; readonly proxy_url?: string };
  readonly proxy_url?: string;
  readonly no_proxy?: string;
  readonly proxy_from_environment?: boolean;
  readonly tls_config?: { readonly insecure_skip_verify?: boolean };
}

/** Options of Crowsnest for a native HTTP client. */
export interface ClientPlaces {
  readonly at?: unknown;
  readonly loginAt?: unknown;
  readonly proxyAt?: unknown;
  readonly unverified?: string;
}

/** The servers at which a client logs in. */
export const loginsOf = ({ oauth2 }: NativeClient): Server[] =>
  oauth2 && !oauth2.proxy_url ? [serverAt(oauth2.token_url)] : [];

/** The proxies of a client. */
export const proxiesOf = ({ proxy_url, oauth2 }: NativeClient): Server[] =>
  [...new Set([proxy_url, oauth2?.proxy_url])].flatMap((url) => (url ? [serverAt(url)] : []));

/** Whether a client connects to its servers itself: with `no_proxy`, to some of them. */
export const isDirect = ({ proxy_url, no_proxy }: NativeClient): boolean =>
  !proxy_url || Boolean(no_proxy);

/**
 * Reports what a client lacks: the reason for an unverified certificate, and the place of a server
 * whose address is not public.
 */
export const checkClient = (
  { at, loginAt, proxyAt, unverified }: ClientPlaces,
  client: NativeClient,
  servers: readonly Pick<Server, 'host'>[],
  context: Pick<z.RefinementCtx, 'addIssue'>,
): void => {
  const fault = (path: string, message: string, input: unknown): void =>
    context.addIssue({ code: 'custom', path: [path], message, input });
  const skips = client.tls_config?.insecure_skip_verify;
  if (skips && unverified === undefined) {
    fault('unverified', 'the reason why the certificate cannot be verified', undefined);
  }
  if (!skips && unverified !== undefined) {
    fault('unverified', 'nothing: tls_config has no insecure_skip_verify', unverified);
  }
  if (isDirect(client)) placed('at', at, servers, context);
  placed('loginAt', loginAt, loginsOf(client), context);
  const proxies = proxiesOf(client);
  // An IP address is its own place.
  const named = proxies.filter(({ host }) => !isOwnPlace(`${host}`));
  placed('proxyAt', proxyAt, named, context);
  if (proxyAt !== undefined && proxies.length === 0) {
    fault('proxyAt', 'nothing: there is no proxy_url', proxyAt);
  }
};
