import type { WrongValue } from '../../config/wrong-values.js';

const reference = 'an object with secret and key';
const object = 'a name of lower-case letters and digits, with dashes and dots between them';
const key = 'a key of letters, digits, dots, dashes and underscores';

const secret = (path: string): WrongValue[] => [
  [path, 'password', reference],
  [`${path}.secret`, 'Redis', object],
  [`${path}.key`, 'a key', key],
];

export default [
  ['servers', {}, 'a list, each item an object with name, host and at'],
  ['servers[0]', 'redis', 'an object with name, host and at'],
  ...['Sessions', 'sessions--a', '6', 'a-name-that-is-too-long', ''].map(
    (name): WrongValue => [
      'servers[0].name',
      name,
      "a name of at most 15 lower-case letters and digits, with single dashes between them, such as 'sessions'",
    ],
  ),
  ['servers[1].name', 'sessions', 'a name that no other server has'],
  [
    'servers[0].host',
    'redis:6379',
    "a host name such as 'grafana.example.com': here 'redis', without the port 6379",
  ],
  ['servers[0].port', 0, 'a whole number from 1 to 65535'],
  ['servers[0].user', 'a:b', 'a name of letters, digits, dots, dashes and underscores'],
  ...secret('servers[0].password'),
  ['servers[0].tls', true, "an object whose kind is 'verify-full' or 'plain'"],
  ['servers[0].tls.kind', 'verify-ful', "'verify-full' or 'plain'", 'verify-full'],
  ...secret('servers[0].tls.certificateAuthority'),
  ['servers[0].tls.client', 'tls.crt', 'an object with certificate and key'],
  ...secret('servers[0].tls.client.certificate'),
  ...secret('servers[0].tls.client.key'),
  ['servers[1].tls.reason', 'internal', 'a string of at least 10 characters'],
  [
    'servers[0].at',
    'shop',
    "{ kind: 'addresses', cidrs: ['192.0.2.10/32'] }, or { kind: 'pods', namespace: 'shop', labels: { app: 'shop-db' } } for pods of the cluster",
  ],
  ['servers[0].at.kind', 'pod', "'addresses' or 'pods'", 'pods'],
  [
    'servers[0].at.namespace',
    'Shop',
    'a name of at most 63 lower-case letters and digits, with dashes between them',
  ],
  ['servers[0].at.labels', {}, 'at least one label: an empty selector matches every pod'],
  [
    'servers[0].at.labels.app',
    '-',
    'a string of at most 63 letters and digits, with -, _ and . between them',
  ],
  ['servers[1].at.cidrs', [], 'a list of at least 1 item'],
  [
    'servers[1].at.cidrs[0]',
    '192.0.2.1',
    "'192.0.2.1/32' for this address alone, or to a block of addresses such as '10.0.0.0/16', but not all addresses ('/0')",
  ],
] satisfies readonly WrongValue[];
