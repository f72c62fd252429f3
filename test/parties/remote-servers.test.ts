import { expect, test } from 'vitest';
import { remoteWriteReceivers } from '../../src/components/prometheus/remote-servers.js';
import type { Environment } from '../../src/environment/environment.js';
import { full } from '../checks/full.js';
import { environmentOf } from './environment.js';

type Receiver = Environment['prometheus']['remoteWrite'][number];

const receiversOf = (environment: Environment) =>
  remoteWriteReceivers(environment.prometheus.remoteWrite, environment);

const only = (receiver: Receiver) =>
  receiversOf(environmentOf({ prometheus: { remoteWrite: [receiver] } }))[0]!;

test('without receivers there are no parties', () => {
  expect(receiversOf(environmentOf())).toEqual([]);
});

test('a receiver has the configured location and authentication', () => {
  expect(
    receiversOf(environmentOf({ prometheus: full.prometheus, priorityClass: 'observability' })),
  ).toMatchInlineSnapshot(`
    [
      {
        "consumes": [],
        "declaration": {
          "name": "name",
          "path": "prometheus.remoteWrite[0]",
        },
        "endpoints": {
          "write": {
            "authentication": {
              "kind": "bearer",
              "token": {
                "key": "token",
                "secret": "archive",
              },
            },
            "host": "archive.example.com",
            "offers": [
              {
                "capability": "remote-write",
                "path": "/api/v1/write",
              },
            ],
            "port": 443,
            "scheme": "https",
            "verification": {
              "kind": "public-ca",
            },
            "workload": "archive",
          },
        },
        "name": "archive",
        "workloads": {
          "archive": {
            "cidrs": [
              "192.0.2.32/28",
            ],
            "kind": "addresses",
          },
        },
      },
      {
        "consumes": [],
        "declaration": {
          "name": "name",
          "path": "prometheus.remoteWrite[1]",
        },
        "endpoints": {
          "write": {
            "authentication": {
              "kind": "basic",
              "password": {
                "key": "password",
                "secret": "receiver",
              },
              "username": "prometheus",
            },
            "host": "receiver.thanos.svc",
            "offers": [
              {
                "capability": "remote-write",
                "path": "/api/v1/receive",
              },
            ],
            "port": 19291,
            "scheme": "http",
            "verification": {
              "kind": "public-ca",
            },
            "workload": "receiver",
          },
        },
        "name": "receiver",
        "workloads": {
          "receiver": {
            "kind": "pods",
            "labels": {
              "app": "receiver",
            },
            "namespace": "thanos",
            "port": 19291,
          },
        },
      },
      {
        "consumes": [],
        "declaration": {
          "name": "name",
          "path": "prometheus.remoteWrite[2]",
        },
        "endpoints": {
          "write": {
            "host": "aps-workspaces.eu-west-1.amazonaws.com",
            "offers": [
              {
                "capability": "remote-write",
                "path": "/workspaces/ws-1/api/v1/remote_write",
              },
            ],
            "port": 443,
            "scheme": "https",
            "verification": {
              "kind": "public-ca",
            },
            "workload": "amazon",
          },
          "write-1": {
            "host": "sts.eu-west-1.amazonaws.com",
            "offers": [
              {
                "capability": "credentials",
              },
            ],
            "port": 443,
            "scheme": "https",
            "verification": {
              "kind": "public-ca",
            },
            "workload": "amazon-login",
          },
        },
        "name": "amazon",
        "workloads": {
          "amazon": {
            "cidrs": [
              "192.0.2.48/28",
            ],
            "kind": "addresses",
          },
          "amazon-login": {
            "cidrs": [
              "192.0.2.48/28",
            ],
            "kind": "addresses",
          },
        },
      },
    ]
  `);
});

test('a receiver without a location is on the internet, outside private ranges', () => {
  const { workloads } = only({ name: 'archive', url: 'https://archive.example.com/write' });
  expect(workloads).toMatchInlineSnapshot(`
    {
      "archive": {
        "cidrs": [
          "0.0.0.0/0",
          "::/0",
        ],
        "except": [
          "10.0.0.0/8",
          "172.16.0.0/12",
          "192.168.0.0/16",
          "100.64.0.0/10",
          "169.254.0.0/16",
          "127.0.0.0/8",
          "fc00::/7",
          "fe80::/10",
          "::1/128",
        ],
        "kind": "addresses",
      },
    }
  `);
});

test.each([
  ['http://archive.example.com', 'http', 80, '/'],
  ['https://archive.example.com/api/v1/write', 'https', 443, '/api/v1/write'],
  ['https://archive.example.com:8443/write', 'https', 8443, '/write'],
  ['https://archive.example.com/write?tenant=a', 'https', 443, '/write?tenant=a'],
])('%s is reached over %s on port %i at %s', (url, scheme, port, path) => {
  const { write } = only({ name: 'archive', url }).endpoints;
  expect(write).toMatchObject({
    scheme,
    port,
    host: 'archive.example.com',
    offers: [{ capability: 'remote-write', path }],
  });
});
