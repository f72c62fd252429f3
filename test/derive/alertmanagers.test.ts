import { expect, test } from 'vitest';
import { stringify } from 'yaml';
import { alertmanagers } from '../../src/derive/alertmanagers.js';
import type { Endpoint } from '../../src/model/endpoint.js';
import { metrics, offer } from '../../src/model/offer.js';
import { connection, pods } from './declare.js';

const told = (endpoint: Partial<Endpoint> = {}, own = true) =>
  alertmanagers([
    connection(
      { port: 9093, offers: [offer('alerts')], ...endpoint },
      { at: pods('watch', 'alertmanager'), own },
    ),
  ])[0]!;

test('every replica is discovered, and the Service is not used', () => {
  expect(stringify(told())).toMatchInlineSnapshot(`
    "scheme: http
    kubernetes_sd_configs:
      - role: pod
        namespaces:
          names:
            - watch
        selectors:
          - role: pod
            label: app=alertmanager
    relabel_configs:
      - source_labels:
          - __meta_kubernetes_pod_phase
        regex: Pending|Succeeded|Failed|Unknown
        action: drop
      - source_labels:
          - __address__
        regex: (\\[.+\\]|[^:]+)(?::\\d+)?
        target_label: __address__
        replacement: $1:9093
    "
  `);
});

test('an https endpoint is verified as the endpoint declares', () => {
  expect(told({ scheme: 'https', verification: { kind: 'public-ca' } })).toEqual({
    ...told(),
    scheme: 'https',
  });
  const verification = { kind: 'unverified', reason: 'signs itself' } as const;
  expect(told({ scheme: 'https', verification }).tls_config).toEqual({
    insecure_skip_verify: true,
  });
});

test('the credentials of an Alertmanager are read from a file', () => {
  const token = { secret: 'alerts', key: 'token' };
  expect(told({ authentication: { kind: 'bearer', token } })).toEqual({
    ...told(),
    authorization: {
      type: 'Bearer',
      credentials_file: '/etc/crowsnest/secrets/alerts/token',
    },
  });
});

test('the path of an Alertmanager is the path of its offer', () => {
  expect(told({ offers: [offer('alerts', { path: '/alertmanager' })] })).toEqual({
    ...told(),
    path_prefix: '/alertmanager',
  });
});

test('an Alertmanager outside the cluster is one target, by its host', () => {
  const at = { kind: 'addresses', cidrs: ['192.0.2.0/28'] } as const;
  const endpoint = { port: 443, host: 'alerts.example.com', offers: [offer('alerts')] };
  expect(alertmanagers([connection(endpoint, { at })])).toEqual([
    { scheme: 'http', static_configs: [{ targets: ['alerts.example.com:443'] }] },
  ]);
});

test('every receiver of alerts is included, and no other party', () => {
  const alerts = connection({ port: 9093, offers: [offer('alerts')] });
  const scraped = connection({ port: 9093, offers: [metrics()] });
  expect(alertmanagers([scraped])).toEqual([]);
  expect(alertmanagers([alerts, scraped, alerts])).toHaveLength(2);
});
