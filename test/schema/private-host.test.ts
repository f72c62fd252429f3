import { expect, test } from 'vitest';
import {
  addressBlock,
  isInCluster,
  isLoopback,
  isNumber,
  isPrivate,
  namespaceIn,
} from '../../src/schema/private-host.js';

test.each([
  ['example.com', false],
  ['a.b.example.co.uk.', false],
  ['EXAMPLE.IO', false],
  ['xn--e1aybc.xn--p1ai', false],
  ['8.8.8.8', false],
  ['[2001:4860:4860::8888]', false],
  ['web', true],
  ['web.monitoring', true],
  ['web.shop.svc', true],
  ['web.shop.svc.prod.example.com', true],
  ['db.internal', true],
  ['printer.local', true],
  ['10.1.2.3', true],
  ['100.64.0.1', true],
  ['169.254.169.254', true],
  ['[::ffff:10.1.2.3]', true],
  ['[fd00::1]', true],
  ['0.0.0.0', true],
])('%s is private: %s', (host, expected) => {
  expect(isPrivate(host)).toBe(expected);
});

test('names of Services contain their namespace', () => {
  expect(['web.shop.svc', 'web-0.web.Shop.svc.cluster.local.'].map(namespaceIn)).toEqual([
    'shop',
    'shop',
  ]);
  expect(['web.shop', 'web.svc', 'svc.example.com', 'a.cluster.local'].map(namespaceIn)).toEqual([
    undefined,
    undefined,
    undefined,
    undefined,
  ]);
  expect(isInCluster('10-1-2-3.shop.pod.cluster.local')).toBe(true);
});

test('a loopback address is recognized in every form', () => {
  const own = ['localhost', 'a.localhost.', '127.8.9.1', '[::1]', '0.0.0.0', '[::ffff:127.0.0.1]'];
  expect(own.filter((one) => !isLoopback(one))).toEqual([]);
  expect(['localhost.example.com', '128.0.0.1'].filter(isLoopback)).toEqual([]);
});

test('numbers that only browsers read as addresses are recognized', () => {
  const numbers = ['2130706433', 'http://0x7f.1/', 'http://a:b@010.1.2.3:80/', '10.1:9100', '1.'];
  expect(numbers.filter((one) => !isNumber(one))).toEqual([]);
  const others = ['10.1.2.3:80', 'http://a.1b/', 'http://[::1]/', 'web1.shop2', 'http://a/?b=1'];
  expect(others.filter(isNumber)).toEqual([]);
});

test('an IPv4 address in IPv6 form is a block of IPv4', () => {
  expect(['10.1.2.3', '::ffff:10.1.2.3', 'fd00::1'].map(addressBlock)).toEqual([
    '10.1.2.3/32',
    '10.1.2.3/32',
    'fd00::1/128',
  ]);
});
