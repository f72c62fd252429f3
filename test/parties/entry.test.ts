import { expect, test } from 'vitest';
import { entries } from '../../src/parties/entry.js';
import { full } from '../checks/full.js';
import { build, minimal } from '../environment.js';
import { shippedBy } from '../model/vocabulary/shipped.js';
import { environmentOf } from './environment.js';

const { grafana, behindAuthProxy } = full.exposure;

test('without exposure nothing stands between people and the stack', () => {
  expect(entries(environmentOf())).toEqual([]);
});

test('the ingress controller takes what is public, the proxy what is internal', () => {
  expect(entries(environmentOf({ exposure: full.exposure }))).toMatchInlineSnapshot(`
    [
      {
        "consumes": [
          {
            "capability": "web",
            "required": false,
            "variant": "public",
          },
        ],
        "endpoints": {},
        "name": "ingress-controller",
        "workloads": {
          "ingress-controller": {
            "hostNetwork": true,
            "kind": "pods",
            "labels": {
              "app.kubernetes.io/name": "ingress-nginx",
            },
            "namespace": "ingress-nginx",
          },
        },
      },
      {
        "consumes": [
          {
            "capability": "web",
            "required": false,
            "variant": "internal",
          },
        ],
        "endpoints": {},
        "name": "auth-proxy",
        "workloads": {
          "auth-proxy": {
            "hostNetwork": false,
            "kind": "pods",
            "labels": {
              "app": "oauth2-proxy",
            },
            "namespace": "auth",
          },
        },
      },
    ]
  `);
});

test.each([
  ['ingress-controller', { grafana }],
  ['auth-proxy', { behindAuthProxy }],
])('%s is there for what is exposed by it alone', (name, exposure) => {
  expect(entries(environmentOf({ exposure })).map((party) => party.name)).toEqual([name]);
});

test('the controller of a Gateway is an entry as that of an Ingress is', () => {
  const { kind: _kind, ingressClass: _class, tlsSecret: _tls, ...host } = grafana;
  const gateway = { namespace: 'edge', name: 'public' };
  const routed = environmentOf({ exposure: { grafana: { ...host, kind: 'gateway', gateway } } });
  expect(entries(routed)).toEqual(entries(environmentOf({ exposure: { grafana } })));
});

test('its pods have addresses of their own unless told otherwise', () => {
  const { hostNetwork: _, ...controller } = grafana.controller;
  const [party] = entries(environmentOf({ exposure: { grafana: { ...grafana, controller } } }));
  expect(party?.workloads['ingress-controller']).toMatchObject({ hostNetwork: false });
});

test('the controller reaches Grafana alone, and the proxy those that have no login', () => {
  const pods = { ...grafana.controller, hostNetwork: false };
  const { policy } = shippedBy(
    build({
      ...minimal,
      exposure: { grafana: { ...grafana, controller: pods }, behindAuthProxy },
    }),
  );
  const into = (workload: string) =>
    policy(`crowsnest-${workload}`).ingress.filter((line) => /ingress-nginx|auth/.test(line));
  expect(
    Object.fromEntries(
      ['grafana', 'prometheus', 'alertmanager', 'jaeger', 'blackbox-exporter'].map((workload) => [
        workload,
        into(workload),
      ]),
    ),
  ).toMatchInlineSnapshot(`
    {
      "alertmanager": [
        "TCP 9093 from auth/oauth2-proxy",
      ],
      "blackbox-exporter": [],
      "grafana": [
        "TCP 3000 from ingress-nginx/ingress-nginx",
      ],
      "jaeger": [
        "TCP 16686 from auth/oauth2-proxy",
      ],
      "prometheus": [
        "TCP 9090 from auth/oauth2-proxy",
      ],
    }
  `);
});
