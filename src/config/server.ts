import type { z } from 'zod';
import { isLoopback, isPrivate } from '../schema/private-host.js';

export { addressBlock, bareAddress, isOwnPlace } from '../schema/private-host.js';

/** A server that an engine connects to. */
export interface Server {
  readonly scheme: 'http' | 'https' | 'tcp';
  /** @default - it is in a Secret */
  readonly host?: string;
  readonly port: number;
}

/** The server of a URL, or of the host and port of a mail server; anything else is reported by the schema. */
export const serverAt = (address: string): Server => {
  const [, mailHost, mailPort] = /^([^:/]+|\[[\da-fA-F:.]+\]):(\d+)$/.exec(address) ?? [];
  if (mailHost !== undefined) return { scheme: 'tcp', host: mailHost, port: Number(mailPort) };
  if (!/^(https?|socks5h?):\/\/./.test(address) || !URL.canParse(address))
    return { scheme: 'https', port: 443 };
  const { protocol, hostname, port } = new URL(address);
  if (protocol.startsWith('socks')) {
    return { scheme: 'tcp', host: hostname, port: Number(port) || 1080 };
  }
  const scheme = protocol === 'https:' ? 'https' : 'http';
  return { scheme, host: hostname, port: Number(port) || (scheme === 'https' ? 443 : 80) };
};

/** Requires the place of a server whose name or address is not public. */
export const placed = (
  option: string,
  at: unknown,
  servers: readonly Pick<Server, 'host'>[],
  { addIssue }: Pick<z.RefinementCtx, 'addIssue'>,
): void => {
  const inside = servers.map(({ host = 'outside.example' }) => host).find(isPrivate);
  if (inside === undefined || at !== undefined) return;
  addIssue({
    code: 'custom',
    path: [option],
    message: placeText(inside),
    input: undefined,
  });
};

/** The text of a missing place. */
export const placeText = (host: string): string =>
  isLoopback(host)
    ? `the place of a server that is elsewhere, and use its name or address in place of ${host}: that is the pod of the client itself, where nothing listens`
    : whereText(host);

/** What to state about the place of a host. */
export const whereText = (host: string): string =>
  `where ${host} is: { kind: 'pods', namespace, labels } or { kind: 'addresses', cidrs }`;
