import { isIP } from 'node:net';
import ipaddr from 'ipaddr.js';

/** The IP address in a host, without brackets; undefined for a name. */
export const bareAddress = (host: string): string | undefined => {
  const bare = host.replace(/^\[(.*)\]$/, '$1');
  return isIP(bare) === 0 ? undefined : bare;
};

/** Whether a name or address is not public: by default the policies allow no private ranges. */
export const isPrivate = (host: string): boolean => {
  const address = bareAddress(host);
  if (address !== undefined) return ipaddr.process(address).range() !== 'unicast';
  return !host.includes('.') || /\.(?:svc|cluster\.local)\.?$/.test(host);
};
