import { describe, expect, test } from 'vitest';
import { validate } from '../../src/environment/validate.js';
import { minimal } from '../environment.js';

const login = { metricsPassword: { secret: 'grafana-metrics', key: 'password' } };
const pods = { namespace: 'ingress-nginx', labels: { app: 'nginx' } };
const subnets = { kind: 'addresses', cidrs: ['10.0.0.0/20'] };
const ingress = {
  kind: 'ingress',
  host: 'ops.example.com',
  tlsSecret: 'tls',
  ...login,
  controller: pods,
};
const proxy = { namespace: 'auth', labels: { app: 'proxy' } };

const findingsOf = (exposure: object): string[] =>
  validate({ ...minimal, exposure }, 'test', 'environments/test.ts').findings.map(
    ({ place, remedy }) => `${place.path}: ${remedy}`,
  );

const grafana = (more: object) => findingsOf({ grafana: { ...ingress, ...more } });
const behind = (more: object) => findingsOf({ behindAuthProxy: { proxy, ...more } });

describe('an exposure', () => {
  test.each<[string, object]>([
    ['without a class', { grafana: ingress }],
    [
      'with the certificate of the controller',
      { grafana: { ...ingress, tlsSecret: { heldBy: 'controller' } } },
    ],
    [
      'by a load balancer outside the cluster, which terminates TLS',
      {
        grafana: {
          ...ingress,
          ingressClass: 'alb',
          controller: subnets,
          tlsSecret: { heldBy: 'load-balancer' },
          probe: { kind: 'host' },
        },
      },
    ],
    [
      "by Google's load balancer, whose addresses are known",
      { grafana: { ...ingress, controller: { kind: 'google-load-balancer' } } },
    ],
    [
      'with several hosts and a path',
      { grafana: { ...ingress, otherHosts: ['a.example.com'], path: '/grafana' } },
    ],
    [
      'of everything at one host',
      {
        grafana: { ...ingress, path: '/grafana' },
        behindAuthProxy: {
          proxy,
          prometheus: 'https://ops.example.com/prometheus',
          alertmanager: 'https://ops.example.com/alertmanager/',
          jaeger: 'https://ops.example.com/jaeger',
        },
      },
    ],
    [
      'of Grafana at the root and another one below',
      {
        grafana: ingress,
        behindAuthProxy: { proxy, prometheus: 'https://ops.example.com/prometheus' },
      },
    ],
    [
      'behind a proxy outside the cluster',
      { behindAuthProxy: { proxy: subnets, prometheus: 'https://p.example.com' } },
    ],
    [
      "at the Service of the proxy, for users inside the cluster's network",
      { behindAuthProxy: { proxy, prometheus: 'http://oauth2-proxy.auth.svc:4180/prometheus' } },
    ],
    [
      'at an address and a port',
      { behindAuthProxy: { proxy, prometheus: 'https://10.0.0.5:8443/prometheus' } },
    ],
    [
      'at localhost, for a laptop',
      { behindAuthProxy: { proxy, prometheus: 'http://localhost:8080/' } },
    ],
    [
      'at a path that the proxy removes',
      { behindAuthProxy: { proxy, path: 'removed', prometheus: 'https://o.example.com/p' } },
    ],
  ])('%s is accepted', (_, exposure) => {
    expect(findingsOf(exposure)).toEqual([]);
  });

  test.each<[string, string[], string]>([
    [
      'a query',
      behind({ prometheus: 'https://p.example.com/?a=1' }),
      'prometheus: Set it to a URL without a query and without a fragment: paths are appended to it.',
    ],
    [
      'a fragment',
      behind({ prometheus: 'https://p.example.com/#/alerts' }),
      'prometheus: Set it to a URL without a query and without a fragment: paths are appended to it.',
    ],
    [
      'a wildcard',
      behind({ prometheus: 'https://*.example.com' }),
      "prometheus: Set it to a URL with the name of a host that users can open, such as 'https://ops.example.com'.",
    ],
    [
      'every address',
      behind({ prometheus: 'http://0.0.0.0:9090' }),
      "prometheus: Set it to a URL with the name of a host that users can open, such as 'https://ops.example.com'.",
    ],
    [
      'an escaped space in its path',
      behind({ alertmanager: 'https://p.example.com/alert%20manager' }),
      'alertmanager: Set it to a URL whose path has only letters, digits and ._~- between its slashes.',
    ],
    [
      'the Service of another namespace',
      behind({ prometheus: 'http://crowsnest-prometheus.crowsnest.svc:9090' }),
      'prometheus: Set it to the URL at which the proxy serves it: this is a Service of the namespace crowsnest, and the proxy is in auth.',
    ],
    [
      'a path that is removed before Jaeger',
      behind({ path: 'removed', jaeger: 'https://o.example.com/jaeger' }),
      "jaeger: Set it to the root of a host such as 'https://jaeger.example.com/', or set path to 'kept': its web interface loads its files from its own path.",
    ],
    [
      'the URL of another component',
      behind({ prometheus: 'https://o.example.com/', jaeger: 'https://o.example.com' }),
      'jaeger: Set it to a URL that differs in its host or in its path: prometheus is at this one.',
    ],
  ])('behind a proxy at a URL with %s is rejected', (_, found, expected) => {
    expect(found).toEqual([`exposure.behindAuthProxy.${expected}`]);
  });

  test.each<[string, string[], string]>([
    [
      'a slash at the end of the path',
      grafana({ path: '/grafana/' }),
      "path: Set it to a path such as '/grafana', without a slash at its end.",
    ],
    [
      'a path that leads up',
      grafana({ path: '/../grafana' }),
      "path: Set it to a path such as '/grafana', without a slash at its end.",
    ],
    [
      'an unknown holder of the certificate',
      grafana({ tlsSecret: { heldBy: 'proxy' } }),
      "tlsSecret.heldBy: Set it to 'controller' or 'load-balancer'.",
    ],
    [
      'a probe of a Service that a load balancer does not have',
      grafana({ controller: subnets, probe: { service: 'edge' } }),
      "probe: Set it to { kind: 'host' }: the controller is outside the cluster, and has no Service.",
    ],
    [
      'a probe past the Service of its controller',
      grafana({ probe: { kind: 'host' } }),
      "probe: Set it to { service }: the controller's Service in the namespace of its pods.",
    ],
    [
      'a load balancer everywhere',
      grafana({ controller: { kind: 'addresses', cidrs: ['0.0.0.0/0'] } }),
      "controller.cidrs[0]: Set it to a block of addresses such as '10.0.0.0/16', but not all addresses ('/0').",
    ],
  ])('of Grafana with %s is rejected', (_, found, expected) => {
    expect(found).toEqual([`exposure.grafana.${expected}`]);
  });

  test('of Grafana at the URL of Prometheus is rejected', () => {
    expect(
      findingsOf({
        grafana: ingress,
        behindAuthProxy: { proxy, prometheus: 'https://ops.example.com' },
      }),
    ).toEqual([
      'exposure.behindAuthProxy.prometheus: Set it to a URL that differs in its host or in its path: grafana is at this one.',
    ]);
  });
});
