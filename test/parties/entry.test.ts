import { describe, expect, test } from 'vitest';
import type { EnvironmentOptions } from '../../src/environment/environment.js';
import { entries } from '../../src/parties/entry.js';
import { full } from '../checks/full.js';
import { build, minimal } from '../environment.js';
import { shippedBy } from '../model/vocabulary/shipped.js';
import { environmentOf } from './environment.js';

const { grafana, behindAuthProxy } = full.exposure;

type GrafanaOptions = NonNullable<NonNullable<EnvironmentOptions['exposure']>['grafana']>;

test('without exposure there is no entry', () => {
  expect(entries(environmentOf())).toEqual([]);
});

test('the ingress controller serves the public address, the proxy the internal ones', () => {
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
        "endpoints": {
          "public": {
            "host": "ingress-nginx-controller.ingress-nginx.svc",
            "offers": [
              {
                "capability": "health",
                "live": "/grafana/healthz",
              },
            ],
            "port": 8443,
            "scheme": "https",
            "servicePort": 443,
            "verification": {
              "kind": "unverified",
              "reason": "a private certificate authority signs its certificate",
            },
            "virtualHost": "grafana.example.com",
          },
        },
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
])('%s exists if it exposes the only component', (name, exposure) => {
  expect(entries(environmentOf({ exposure })).map((party) => party.name)).toEqual([name]);
});

test('the controller of a Gateway is an entry like that of an Ingress', () => {
  const { kind: _kind, ingressClass: _class, tlsSecret: _tls, ...host } = grafana;
  const gateway = { namespace: 'edge', name: 'public' };
  const routed = environmentOf({ exposure: { grafana: { ...host, kind: 'gateway', gateway } } });
  expect(entries(routed)).toEqual(entries(environmentOf({ exposure: { grafana } })));
});

test('its pods are on the pod network by default', () => {
  const { hostNetwork: _, ...controller } = grafana.controller;
  const [party] = entries(environmentOf({ exposure: { grafana: { ...grafana, controller } } }));
  expect(party?.workloads['ingress-controller']).toMatchObject({ hostNetwork: false });
});

test('the controller reaches only Grafana, and the proxy only components without a login', () => {
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

test('the controller serves the public host by its name, if the environment configures the probe', () => {
  const [controller] = entries(
    environmentOf({
      exposure: { grafana: { ...grafana, probe: { service: 'edge', podPort: 8443 } } },
    }),
  );
  expect(controller?.endpoints).toEqual({
    public: {
      port: 8443,
      servicePort: 443,
      scheme: 'https',
      host: 'edge.ingress-nginx.svc',
      virtualHost: grafana.host,
      verification: { kind: 'public-ca' },
      offers: [{ capability: 'health', live: '/grafana/healthz' }],
    },
  });
});

test('blackbox-exporter can reach the port of the controller’s pods, and not the port of its Service', () => {
  const stack = build({
    ...minimal,
    exposure: {
      grafana: {
        ...grafana,
        controller: { namespace: 'edge', labels: { app: 'edge' } },
        probe: { service: 'edge', podPort: 8443 },
      },
    },
  });
  const { egress } = shippedBy(stack).policy('crowsnest-blackbox-exporter');
  expect(egress).toContain('TCP 8443 to edge/edge');
  expect(egress.filter((line) => line.includes('TCP 443 '))).toEqual([]);
});

describe('a load balancer outside the cluster', () => {
  const { controller: _controller, probe: _probe, ...host } = grafana;
  const outside = (more: Pick<GrafanaOptions, 'controller' | 'probe'>) =>
    build({ ...minimal, exposure: { grafana: { ...host, ...more } } });

  test('is allowed by its addresses, and not by pods', () => {
    const stack = outside({
      controller: { kind: 'addresses', cidrs: ['10.0.0.0/20', '10.0.16.0/20'] },
    });
    expect(shippedBy(stack).policy('crowsnest-grafana').ingress).toContain(
      'TCP 3000 from 10.0.0.0/20, 10.0.16.0/20',
    );
  });

  test("of Google is allowed by the addresses of its front ends and health checks, and of its proxies' subnet", () => {
    const stack = outside({
      controller: { kind: 'google-load-balancer', cidrs: ['10.129.0.0/23'] },
    });
    expect(shippedBy(stack).policy('crowsnest-grafana').ingress).toContain(
      'TCP 3000 from 35.191.0.0/16, 130.211.0.0/22, 10.129.0.0/23',
    );
  });

  test('is probed by the name of the host, at any public address or at a place', () => {
    const controller = { kind: 'addresses' as const, cidrs: ['10.0.0.0/20'] };
    const [party] = entries(
      environmentOf({
        exposure: { grafana: { ...host, controller, probe: { kind: 'host' } } },
      }),
    );
    expect(party?.endpoints.public).toMatchObject({
      host: grafana.host,
      virtualHost: grafana.host,
      port: 443,
      workload: 'public',
    });
    expect(party?.workloads.public).toMatchObject({ cidrs: ['0.0.0.0/0', '::/0'] });
    const at = { kind: 'addresses' as const, cidrs: ['203.0.113.7/32'] };
    const probe = { kind: 'host' as const, at };
    const { egress } = shippedBy(outside({ controller, probe })).policy(
      'crowsnest-blackbox-exporter',
    );
    expect(egress).toContain('TCP 443 to 203.0.113.7/32');
  });
});
