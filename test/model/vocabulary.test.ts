import { describe, expect, test } from 'vitest';
import { stringify } from 'yaml';
import type { EnvironmentOptions } from '../../src/index.js';
import { build, minimal } from '../environment.js';
import { archive } from './vocabulary/archive.js';
import { gateway } from './vocabulary/gateway.js';
import { checkNames, judge } from './vocabulary/judge.js';
import { relay } from './vocabulary/relay.js';
import { shippedBy } from './vocabulary/shipped.js';
import { applications } from './vocabulary/shop.js';
import { tracer } from './vocabulary/tracer.js';

const declared = {
  ...minimal,
  components: [relay, archive, tracer],
  parties: [gateway, ...applications],
  otherNamespaces: { shop: { isolation: 'default-deny' } },
  choices: { promql: 'archive', traces: 'tracer' },
} satisfies EnvironmentOptions;

const stack = build(declared);
const watchPods = { apiGroups: [''], resources: ['pods'], verbs: ['get', 'list', 'watch'] };
const { objects, object, scrapeJob, dataSources, policy, roles } = shippedBy(stack);

test('all declarations pass every check', () => {
  expect(stack.findings).toEqual([]);
  expect(checkNames).toEqual(expect.arrayContaining(['reachability', 'references', 'schema']));
  expect(judge(stack)).toEqual([]);
});

test.each(['kubeadm', 'kind', 'k3s', 'eks', 'gke', 'aks'] as const)(
  'all declarations pass every check on %s with Cilium',
  (platform) => {
    const there = build({
      ...declared,
      cluster: {
        ...minimal.cluster,
        platform,
        networkPlugin: 'cilium',
        storageClass: { name: 'fast', expandable: true },
      },
    });
    expect(there.findings).toEqual([]);
    expect(judge(there)).toEqual([]);
  },
);

describe('a mesh', () => {
  test('can connect to its own pods over TCP and UDP, and to no others', () => {
    expect(policy('crowsnest-relay')).toMatchInlineSnapshot(`
      {
        "egress": [
          "TCP 53, UDP 53 to kube-system/kube-dns",
          "TCP 9094, UDP 9094 to crowsnest/relay",
        ],
        "ingress": [
          "TCP 9093 from crowsnest/prometheus",
          "TCP 9093 from crowsnest/blackbox-exporter",
          "TCP 9094, UDP 9094 from crowsnest/relay",
        ],
      }
    `);
  });

  test('listens on both protocols of its port', () => {
    expect(
      object('StatefulSet', 'crowsnest-relay', 'crowsnest').spec.template.spec.containers,
    ).toMatchObject([
      {
        ports: expect.arrayContaining([
          { name: 'mesh-tcp', containerPort: 9094, protocol: 'TCP' },
          { name: 'mesh-udp', containerPort: 9094, protocol: 'UDP' },
        ]),
        args: ['--cluster.listen=TCP/9094', '--cluster.listen=UDP/9094'],
      },
    ]);
  });

  test('a consumption of peers needs no other provider: a party that offers no peers has none', () => {
    const alone = build({
      ...minimal,
      components: [relay, { ...archive, consumes: [...relay.consumes] }],
      choices: { promql: 'archive' },
    });
    expect(alone.findings.map(({ code }) => code)).toEqual(['connections/no-provider']);
  });
});

describe('an HTTPS target on the host network', () => {
  test('is scraped on each of its three paths, with a token only for it', () => {
    const { kubernetes_sd_configs, relabel_configs, ...rest } = scrapeJob('gateway');
    expect(stringify(rest)).toMatchInlineSnapshot(`
      "job_name: gateway
      scheme: https
      metrics_path: /stats
      authorization:
        type: Bearer
        credentials_file: /var/run/secrets/crowsnest/tokens/gateway
      tls_config:
        insecure_skip_verify: true
      sample_limit: 50000
      body_size_limit: 20MB
      "
    `);
    expect(kubernetes_sd_configs).toEqual([
      {
        role: 'pod',
        namespaces: { names: ['edge'] },
        selectors: [{ role: 'pod', label: 'app=gateway' }],
      },
    ]);
    expect(scrapeJob('gateway-routes')).toEqual({
      ...scrapeJob('gateway'),
      job_name: 'gateway-routes',
      metrics_path: '/stats/routes',
      scrape_interval: '1m',
    });
    expect(scrapeJob('gateway-clients')).toEqual({
      ...scrapeJob('gateway'),
      job_name: 'gateway-clients',
      metrics_path: '/stats/clients',
      sample_limit: 1000,
      body_size_limit: '1MB',
    });
  });

  test('is reached by the addresses of the nodes, and gets no policy', () => {
    expect(policy('crowsnest-prometheus').egress).toContain('TCP 10443 to 172.18.0.0/16');
    expect(
      objects.filter(
        ({ kind, metadata }) => kind === 'NetworkPolicy' && metadata.namespace === 'edge',
      ),
    ).toEqual([]);
  });

  test('is discovered in its namespace, and only its three paths can be read', () => {
    const { edge, ClusterRole } = roles('crowsnest-prometheus');
    expect(edge).toEqual([watchPods]);
    expect(ClusterRole).toContainEqual({ nonResourceURLs: ['/stats', '/stats/*'], verbs: ['get'] });
  });

  test('gets a token that the kubelet projects for its audience', () => {
    const { volumes } = object('StatefulSet', 'crowsnest-prometheus', 'crowsnest').spec.template
      .spec;
    const token = (audience: string) => ({
      serviceAccountToken: { audience, path: audience, expirationSeconds: 3600 },
    });
    expect(volumes).toContainEqual({
      name: 'tokens',
      projected: { sources: [token('gateway'), token('node-exporter')] },
    });
  });
});

describe('a second provider of promql', () => {
  test('is the data source of grafana if it is chosen', () => {
    expect(stringify(dataSources())).toMatchInlineSnapshot(`
      "- name: Prometheus
        uid: prometheus
        type: prometheus
        access: proxy
        url: http://crowsnest-archive.crowsnest.svc:9095/prometheus
        isDefault: true
        editable: false
        jsonData:
          httpMethod: POST
          timeInterval: 30s
          exemplarTraceIdDestinations:
            - name: trace_id
              datasourceUid: jaeger
      - name: Alertmanager
        uid: alertmanager
        type: alertmanager
        access: proxy
        url: http://crowsnest-alertmanager.crowsnest.svc:9093
        isDefault: false
        editable: false
        jsonData:
          implementation: prometheus
      - name: Jaeger
        uid: jaeger
        type: jaeger
        access: proxy
        url: http://crowsnest-jaeger.crowsnest.svc:16686
        isDefault: false
        editable: false
        jsonData:
          tracesToMetrics:
            datasourceUid: prometheus
            spanStartTimeShift: -10m
            spanEndTimeShift: 10m
            tags:
              - key: service.name
                value: service_name
            queries:
              - name: Requests per second
                query: sum by (span_name) (rate(traces_span_metrics_calls_total{$$__tags,
                  span_kind=~"SPAN_KIND_SERVER|SPAN_KIND_CONSUMER"}[5m]))
              - name: Error ratio
                query: sum(rate(traces_span_metrics_calls_total{$$__tags,
                  status_code="STATUS_CODE_ERROR"}[5m])) /
                  sum(rate(traces_span_metrics_calls_total{$$__tags}[5m]))
              - name: Duration (95th percentile, ms)
                query: histogram_quantile(0.95, sum by (le, span_name)
                  (rate(traces_span_metrics_duration_milliseconds_bucket{$$__tags,
                  span_kind=~"SPAN_KIND_SERVER|SPAN_KIND_CONSUMER"}[5m])))
              - name: Calls to other services per second
                query: sum by (peer_service, server_address, net_peer_name)
                  (rate(traces_peers_calls_total{$$__tags}[5m]))
          nodeGraph:
            enabled: true
      - name: Tracer
        uid: tracer
        type: jaeger
        access: proxy
        url: http://crowsnest-tracer-reader.crowsnest.svc:16686
        isDefault: false
        editable: false
        jsonData:
          tracesToMetrics:
            datasourceUid: prometheus
            spanStartTimeShift: -10m
            spanEndTimeShift: 10m
            tags:
              - key: service.name
                value: service_name
            queries:
              - name: Requests per second
                query: sum by (span_name) (rate(traces_span_metrics_calls_total{$$__tags,
                  span_kind=~"SPAN_KIND_SERVER|SPAN_KIND_CONSUMER"}[5m]))
              - name: Error ratio
                query: sum(rate(traces_span_metrics_calls_total{$$__tags,
                  status_code="STATUS_CODE_ERROR"}[5m])) /
                  sum(rate(traces_span_metrics_calls_total{$$__tags}[5m]))
              - name: Duration (95th percentile, ms)
                query: histogram_quantile(0.95, sum by (le, span_name)
                  (rate(traces_span_metrics_duration_milliseconds_bucket{$$__tags,
                  span_kind=~"SPAN_KIND_SERVER|SPAN_KIND_CONSUMER"}[5m])))
              - name: Calls to other services per second
                query: sum by (peer_service, server_address, net_peer_name)
                  (rate(traces_peers_calls_total{$$__tags}[5m]))
          nodeGraph:
            enabled: true
      "
    `);
    expect(policy('crowsnest-grafana').egress).toContain('TCP 9095 to crowsnest/archive');
    expect(policy('crowsnest-archive').ingress).toContain('TCP 9095 from crowsnest/grafana');
    expect(policy('crowsnest-prometheus').ingress).not.toContainEqual(
      expect.stringContaining('grafana'),
    );
  });

  test('is not used by grafana if prometheus is chosen', () => {
    const shipped = shippedBy(
      build({ ...declared, choices: { ...declared.choices, promql: 'prometheus' } }),
    );
    expect(shipped.dataSources()[0].url).toBe('http://crowsnest-prometheus.crowsnest.svc:9090');
    expect(shipped.policy('crowsnest-prometheus').ingress).toEqual([
      'TCP 9090 from crowsnest/prometheus',
      'TCP 9090 from crowsnest/grafana',
      'TCP 9090 from crowsnest/jaeger',
      'TCP 9090 from crowsnest/blackbox-exporter',
    ]);
  });

  test('without a choice is a finding that names the providers', () => {
    const { findings, manifests } = build({ ...declared, choices: { traces: 'tracer' } });
    expect(manifests).toEqual([]);
    expect(stringify(findings)).toMatchInlineSnapshot(`
      "- code: connections/several-providers
        severity: error
        message: grafana consumes promql from exactly one party, but prometheus and
          archive offer it.
        why: Crowsnest does not guess which one to use.
        remedy: "Choose one: choices: { \\"promql\\": 'prometheus' | 'archive' }."
        place:
          path: choices.promql
      - code: connections/several-providers
        severity: error
        message: jaeger consumes promql from exactly one party, but prometheus and
          archive offer it.
        why: Crowsnest does not guess which one to use.
        remedy: "Choose one: choices: { \\"promql\\": 'prometheus' | 'archive' }."
        place:
          path: choices.promql
      "
    `);
  });

  test('with a misspelt choice is a finding with a suggestion', () => {
    const { findings, manifests } = build({
      ...declared,
      choices: { ...declared.choices, promql: 'archiv' },
    });
    expect(manifests).toEqual([]);
    expect(stringify(findings[0])).toMatchInlineSnapshot(`
      "code: connections/unknown-choice
      severity: error
      message: No party named 'archiv' offers promql.
      why: The choice has no effect.
      remedy: Use one of prometheus, archive.
      place:
        path: choices.promql
      value: archiv
      suggestion: archive
      "
    `);
  });
});

describe('a component with two workloads and a sidecar', () => {
  test('has a policy for each workload, which allows traffic between the two', () => {
    expect(policy('crowsnest-tracer-writer')).toMatchInlineSnapshot(`
      {
        "egress": [
          "TCP 443 to 10.96.0.1/32",
          "TCP 6443 to 172.18.0.2/32",
        ],
        "ingress": [
          "TCP 8081 from crowsnest/prometheus",
          "TCP 8081, TCP 8082 from crowsnest/blackbox-exporter",
          "TCP 7000 from crowsnest/tracer-reader",
          "TCP 4317 from shop/cart",
          "TCP 4317 from shop/checkout",
        ],
      }
    `);
    expect(policy('crowsnest-tracer-reader')).toMatchInlineSnapshot(`
      {
        "egress": [
          "TCP 53, UDP 53 to kube-system/kube-dns",
          "TCP 7000 to crowsnest/tracer-writer",
        ],
        "ingress": [
          "TCP 16686 from crowsnest/prometheus",
          "TCP 16686 from crowsnest/grafana",
          "TCP 16686 from crowsnest/blackbox-exporter",
        ],
      }
    `);
  });

  test('has a scrape job for each workload', () => {
    const selected = (workload: string, port: number) => ({
      kubernetes_sd_configs: [
        {
          selectors: [{ label: expect.stringMatching(`app.kubernetes.io/component=${workload}$`) }],
        },
      ],
      relabel_configs: expect.arrayContaining([
        expect.objectContaining({ target_label: '__address__', replacement: `$1:${port}` }),
      ]),
    });
    expect(scrapeJob('tracer-writer')).toMatchObject(selected('tracer-writer', 8081));
    expect(scrapeJob('tracer-reader')).toMatchObject(selected('tracer-reader', 16686));
  });

  test('gives API access only to the sidecar that needs it', () => {
    const writer = object('StatefulSet', 'crowsnest-tracer-writer', 'crowsnest');
    expect(writer.spec.template.spec.containers).toMatchObject([
      { name: 'writer', volumeMounts: [{ name: 'data' }] },
      { name: 'enricher', volumeMounts: [{ name: 'api-access' }] },
    ]);
    const reader = object('Deployment', 'crowsnest-tracer-reader', 'crowsnest');
    expect(reader.spec.template.spec.volumes).toBeUndefined();
    expect(roles('crowsnest-tracer-writer')).toEqual({ ClusterRole: [watchPods] });
    expect(roles('crowsnest-tracer-reader')).toEqual({});
  });

  test('gets the address of the other workload from its wiring', () => {
    expect(
      object('Deployment', 'crowsnest-tracer-reader', 'crowsnest').spec.template.spec.containers[0]
        .args,
    ).toEqual(['--segments=tcp://crowsnest-tracer-writer.crowsnest.svc:7000']);
  });

  test('is a data source of grafana in addition to promql', () => {
    expect(dataSources()).toContainEqual(
      expect.objectContaining({
        type: 'jaeger',
        url: 'http://crowsnest-tracer-reader.crowsnest.svc:16686',
      }),
    );
  });
});

describe('an application in another namespace', () => {
  test('is scraped by its labels, only in its namespace', () => {
    expect(scrapeJob('cart')).toMatchObject({
      metrics_path: '/metrics',
      scrape_interval: '15s',
      kubernetes_sd_configs: [
        { role: 'pod', namespaces: { names: ['shop'] }, selectors: [{ label: 'app=cart' }] },
      ],
    });
    expect(roles('crowsnest-prometheus').shop).toEqual([watchPods]);
  });

  test('gets the missing policies if its namespace denies by default', () => {
    expect(policy('crowsnest-cart-app', 'shop')).toMatchInlineSnapshot(`
      {
        "egress": [
          "TCP 4317 to crowsnest/tracer-writer",
        ],
        "ingress": [
          "TCP 8080 from crowsnest/prometheus",
        ],
      }
    `);
    expect(policy('crowsnest-checkout-app', 'shop')).toEqual(policy('crowsnest-cart-app', 'shop'));
  });

  test('can send to the tracer, and can be scraped by prometheus', () => {
    expect(policy('crowsnest-prometheus').egress).toContain('TCP 8080 to shop/cart');
    expect(policy('crowsnest-tracer-writer').ingress).toContain('TCP 4317 from shop/cart');
  });

  test('gets no policy if its namespace is open', () => {
    const { otherNamespaces, ...open } = declared;
    expect(
      build(open).manifests.filter(
        ({ object: { kind, metadata } }) =>
          kind === 'NetworkPolicy' && metadata.namespace === 'shop',
      ),
    ).toEqual([]);
  });

  test('has its namespace as a prerequisite', () => {
    expect(
      stack.prerequisites.filter(({ kind }) => kind === 'Namespace').map(({ name }) => name),
    ).toEqual(['edge', 'shop']);
  });
});

test('a component from outside src/ ships all its objects in a separate chart', () => {
  expect(
    stack.manifests
      .filter(({ chart }) => chart === 'relay')
      .map(({ object: { kind, metadata } }) => `${kind} ${metadata.name}`),
  ).toMatchInlineSnapshot(`
    [
      "ServiceAccount crowsnest-relay",
      "Service crowsnest-relay",
      "PodDisruptionBudget crowsnest-relay",
      "PersistentVolumeClaim data-crowsnest-relay-0",
      "PersistentVolumeClaim data-crowsnest-relay-1",
      "PersistentVolumeClaim data-crowsnest-relay-2",
      "StatefulSet crowsnest-relay",
    ]
  `);
});
