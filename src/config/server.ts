import { isIP } from 'node:net';
import ipaddr from 'ipaddr.js';
import type { z } from 'zod';

/** A server that an engine connects to. */
export interface Server {
  readonly scheme: 'http' | 'https' | 'tcp';
  /** @default - it is in a Secret */
  readonly host?: string;
  readonly port: number;
}

/** The server of a URL, or of the host and port of a mail server; anything else is reported by the schema. */
export const serverAt = (address: string): Server => {
  const [, mailHost, mailPort] = /^([^:/]+):(\d+)$/.exec(address) ?? [];
  if (mailHost !== undefined) return { scheme: 'tcp', host: mailHost, port: Number(mailPort) };
  if (!URL.canParse(address)) return { scheme: 'https', port: 443 };
  const { protocol, hostname, port } = new URL(address);
  const scheme = protocol === 'https:' ? 'https' : 'http';
  return { scheme, host: hostname, port: Number(port) || (scheme === 'https' ? 443 : 80) };
};

/** The IP address in a host, without brackets; undefined for a name. */
export const bareAddress = (host: string): string | undefined => {
  const bare = host.replace(/^\[(.*)\]$/, '$1');
  return isIP(bare) === 0 ? undefined : bare;
};

/** Requires the place of a server whose name or address is not public. */
export const placed = (
  option: string,
  at: unknown,
  servers: readonly Pick<Server, 'host'>[],
  { addIssue }: Pick<z.RefinementCtx, 'addIssue'>,
): void => {
  const inside = servers.map(({ host = 'outside.example' }) => host).find(isInCluster);
  if (inside === undefined || at !== undefined) return;
  addIssue({
    code: 'custom',
    path: [option],
    message: `where ${inside} is: { kind: 'pods', namespace, labels } or { kind: 'addresses', cidrs }`,
    input: undefined,
  });
};

/** Whether a name or address is not public: by default the policies allow no private ranges. */
const isInCluster = (host: string): boolean => {
  const address = bareAddress(host);
  if (address !== undefined) return ipaddr.process(address).range() !== 'unicast';
  return !host.includes('.') || /\.(?:svc|cluster\.local)\.?$/.test(host);
};
