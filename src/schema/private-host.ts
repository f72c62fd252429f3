import { isIP } from 'node:net';
import ipaddr from 'ipaddr.js';
import topLevelDomains from './data/top-level-domains.js';

/** The IP address in a host, without brackets; undefined for a name. */
export const bareAddress = (host: string): string | undefined => {
  const bare = host.replace(/^\[(.*)\]$/, '$1');
  return isIP(bare) === 0 ? undefined : bare;
};

/** The block with only this address. A connection to an IPv4 address in IPv6 form is one over IPv4. */
export const addressBlock = (address: string): string => {
  const one = ipaddr.process(address);
  return one.kind() === 'ipv4' ? `${one}/32` : `${address}/128`;
};

/** Whether a host is the pod of the client itself. */
export const isLoopback = (host: string): boolean => {
  const address = bareAddress(host);
  if (address === undefined) return /(?:^|\.)localhost\.?$/i.test(host);
  return ['loopback', 'unspecified'].includes(ipaddr.process(address).range());
};

/** Whether the host says where it is: an IP address of another machine. */
export const isOwnPlace = (host: string): boolean =>
  bareAddress(host) !== undefined && !isLoopback(host);

/** Names of Services and pods, also of SRV records, and with another domain of the cluster than `cluster.local`. */
const inCluster =
  /^(?:_[^.]+\._?[^.]+\.)?(?:[^.]+\.){1,2}([^.]+)\.svc(?:\.|$)|\.cluster\.local\.?$/i;

/** Whether a name is that of a Service or a pod. */
export const isInCluster = (host: string): boolean => inCluster.test(host);

/** The namespace in the name of a Service or a pod. */
export const namespaceIn = (host: string): string | undefined =>
  inCluster.exec(host)?.[1]?.toLowerCase();

// The domain for examples, which nobody has: https://www.rfc-editor.org/rfc/rfc2606
const publicDomains = new Set([...topLevelDomains.trim().split(/\s+/), 'example']);

/**
 * Whether a name or address is not public: by default the policies allow no private ranges. A name
 * that does not end with a domain of the public DNS is known only in the cluster (`web.shop`) or in a company
 * (`db.corp`, `db.internal`).
 */
export const isPrivate = (host: string): boolean => {
  const address = bareAddress(host);
  if (address !== undefined) return ipaddr.process(address).range() !== 'unicast';
  const labels = host.toLowerCase().replace(/\.$/, '').split('.');
  return labels.length < 2 || isInCluster(host) || !publicDomains.has(`${labels.at(-1)}`);
};

/**
 * Whether a host in a URL, or before a port, is a number that browsers read as an IPv4 address, such as
 * `0x7f.1` or `010.1.2.3`: the engines look it up as a name, which does not exist.
 * https://url.spec.whatwg.org/#ends-in-a-number-checker, https://pkg.go.dev/net/netip#ParseAddr
 */
export const isNumber = (address: string): boolean => {
  const [, host = ''] = /^(?:[a-z][\w+.-]*:\/\/)?(?:[^/?#@]*@)?([^/?#:@[\]]+)/i.exec(address) ?? [];
  return /(?:^|\.)(?:\d+|0x[\da-f]*)\.?$/i.test(host) && isIP(host) !== 4;
};

/** What an address of `isNumber` must be instead. */
export const addressText = "an IP address in its usual form such as '10.1.2.3', or a name";
