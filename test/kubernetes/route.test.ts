import { describe, expect, test } from 'vitest';
import { stringify } from 'yaml';
import { type Route, route } from '../../src/kubernetes/route.js';
import { identityOf } from '../../src/model/identity.js';
import { drawn, only } from './chart.js';
import { setting } from './setting.js';

const identity = identityOf(setting.names, 'cart', 'cart', { namespace: 'stack' });

const drawnFor = (options: Route) =>
  drawn((scope) => route(scope, identity, 'web', { port: 3000, offers: [] }, options));

const gateway = (listener?: string) => ({
  kind: 'gateway' as const,
  hosts: ['cart.example.com'],
  gateway: { namespace: 'edge', name: 'public', ...(listener && { listener }) },
});

describe('an Ingress', () => {
  const objects = drawnFor({
    kind: 'ingress',
    hosts: ['cart.example.com'],
    ingressClass: 'nginx',
    tlsSecret: 'cart-tls',
  });

  test('routes the host with TLS to the named port of the Service', () => {
    const { metadata, spec } = only(objects, 'Ingress');
    expect(metadata).toMatchObject({ name: 'nest-cart', namespace: 'watch' });
    expect(stringify(spec)).toMatchInlineSnapshot(`
      "ingressClassName: nginx
      rules:
        - host: cart.example.com
          http:
            paths:
              - backend:
                  service:
                    name: nest-cart
                    port:
                      name: web
                path: /
                pathType: Prefix
      tls:
        - hosts:
            - cart.example.com
          secretName: cart-tls
      "
    `);
  });

  test('has no HTTPRoute', () => {
    expect(objects).toHaveLength(1);
  });
});

describe('an HTTPRoute', () => {
  test('has the Gateway as its parent, and routes the host to the port of the Service', () => {
    const objects = drawnFor(gateway());
    expect(objects).toHaveLength(1);
    const { apiVersion, metadata, spec } = only(objects, 'HTTPRoute');
    expect(apiVersion).toBe('gateway.networking.k8s.io/v1');
    expect(metadata).toMatchObject({ name: 'nest-cart', namespace: 'watch' });
    expect(stringify(spec)).toMatchInlineSnapshot(`
      "hostnames:
        - cart.example.com
      parentRefs:
        - group: gateway.networking.k8s.io
          kind: Gateway
          name: public
          namespace: edge
      rules:
        - backendRefs:
            - kind: Service
              name: nest-cart
              port: 3000
          matches:
            - path:
                type: PathPrefix
                value: /
      "
    `);
  });

  test('has a listener of the Gateway as its parent if the option is set', () => {
    const { spec } = only(drawnFor(gateway('https')), 'HTTPRoute');
    expect(spec.parentRefs[0].sectionName).toBe('https');
  });
});
