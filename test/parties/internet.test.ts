import { BlockList } from 'node:net';
import { describe, expect, test } from 'vitest';
import { internet, portOf } from '../../src/config/internet.js';

describe('the internet', () => {
  if (internet.kind !== 'addresses') throw new Error('The host is an address.');
  const [all, left] = [internet.cidrs, internet.except ?? []].map((cidrs) => {
    const list = new BlockList();
    for (const cidr of cidrs) {
      const [address = '', bits] = cidr.split('/');
      // This covers every block of one family, except the whole of IPv6.
      const family = address.includes(':') ? 'ipv6' : 'ipv4';
      list.addSubnet(address, Number(bits), family);
    }
    return list;
  });
  const holds = (address: string) => {
    const family = address.includes(':') ? 'ipv6' : 'ipv4';
    return all!.check(address, family) && !left!.check(address, family);
  };

  test.each([
    '1.1.1.1',
    '172.15.255.255',
    '172.32.0.0',
    '100.128.0.0',
    '192.169.0.0',
    '2606:4700::1',
  ])('includes %s', (address) => {
    expect(holds(address)).toBe(true);
  });

  test.each([
    '10.0.0.1',
    '172.16.0.1',
    '172.31.255.255',
    '192.168.1.1',
    '100.64.0.1',
    '127.0.0.1',
    '169.254.169.254',
    'fd00::1',
    'fe80::1',
    '::1',
  ])('does not include %s, which is private, shared, link-local or loopback', (address) => {
    expect(holds(address)).toBe(false);
  });
});

test.each([
  ['https://example.com/path', 443],
  ['http://example.com', 80],
  ['https://example.com:8443', 8443],
  ['http://example.com:3128/', 3128],
  ['https://example.com:443/', 443],
])('%s has port %i', (url, port) => {
  expect(portOf(url)).toBe(port);
});
