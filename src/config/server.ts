import { isIP } from 'node:net';
import type { z } from 'zod';

/** A server that an engine asks. */
export interface Server {
  readonly scheme: 'http' | 'https' | 'tcp';
  /** @default - it stands in a Secret */
  readonly host?: string;
  readonly port: number;
}

/** The server of a URL, or of a mail server's host and port; of what is neither, the schema tells. */
export const serverAt = (address: string): Server => {
  const [, mailHost, mailPort] = /^([^:/]+):(\d+)$/.exec(address) ?? [];
  if (mailHost !== undefined) return { scheme: 'tcp', host: mailHost, port: Number(mailPort) };
  if (!URL.canParse(address)) return { scheme: 'https', port: 443 };
  const { protocol, hostname, port } = new URL(address);
  const scheme = protocol === 'https:' ? 'https' : 'http';
  return { scheme, host: hostname, port: Number(port) || (scheme === 'https' ? 443 : 80) };
};

/** The IP address that a host is, without brackets; none where it is a name. */
export const bareAddress = (host: string): string | undefined => {
  const bare = host.replace(/^\[(.*)\]$/, '$1');
  return isIP(bare) === 0 ? undefined : bare;
};

/** What is known inside the cluster alone has to be said where; names of others are outside of it. */
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

const isInCluster = (host: string): boolean =>
  bareAddress(host) !== undefined ||
  !host.includes('.') ||
  /\.(?:svc|cluster\.local)\.?$/.test(host);
