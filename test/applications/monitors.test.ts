import { describe, expect, test } from 'vitest';
import { prometheusFilesIn } from '../../src/checks/support/prometheus-file.js';
import { loadChecks } from '../../src/load-checks.js';
import { metrics } from '../../src/model/offer.js';
import { checkInputOf, runChecks } from '../../src/run-checks.js';
import { loaded, podMonitor, service, serviceMonitor, stackWith } from './applications.js';

const files = {
  'shop.yaml': [
    service,
    serviceMonitor(
      `{ port: http, path: /stats, interval: 15s, scrapeTimeout: 10s, honorLabels: true,
         params: { format: [text] },
         basicAuth: { username: { name: shop, key: user }, password: { name: shop, key: password } },
         metricRelabelings: [{ sourceLabels: [__name__], regex: 'go_.*', action: Drop }],
         relabelings: [
           { sourceLabels: [__meta_kubernetes_endpoint_ready], regex: 'true', action: keep },
           { action: labeldrop, regex: pod },
         ] }`,
      'jobLabel: team\n  targetLabels: [team]\n  podTargetLabels: [version]\n  sampleLimit: 100\n  labelLimit: 20\n  attachMetadata: { node: true }',
    ),
  ].join('---\n'),
  // Its Service is unknown: it selects Services by labels, and states the port of the pods.
  'stated.yaml': serviceMonitor('{ targetPort: 9000 }')
    .replace('name: shop', 'name: stated')
    .replace('namespace: shop', 'namespace: stated'),
  'cart.yml': `apiVersion: v1
kind: List
items:
  - kind: Deployment
    metadata: { name: cart, namespace: shop }
    spec:
      selector: { matchLabels: { app: cart } }
      template:
        metadata: { labels: { app: cart, tier: web } }
        spec: { containers: [{ name: cart, ports: [{ name: web, containerPort: 8081 }] }] }
---
${podMonitor('{ port: web, filterRunning: true }', 'jobLabel: app')}---
kind: PodMonitor
metadata: { name: grafana, namespace: other }
spec:
  namespaceSelector: { matchNames: [one, two] }
  selector:
    matchExpressions:
      - { key: app, operator: In, values: [a, b] }
      - { key: canary, operator: DoesNotExist }
  podMetricsEndpoints: [{ portNumber: 8082 }]
`,
};

const stack = stackWith(files, {
  // The same pods and another port, with labels that also select the pods of cart.
  parties: [
    {
      name: 'web',
      workloads: { web: { kind: 'pods', namespace: 'shop', labels: { app: 'cart' } } },
      endpoints: { web: { port: 8090, offers: [metrics()] } },
      consumes: [],
    },
  ],
});

const jobs = prometheusFilesIn(checkInputOf(stack, [], {})).flatMap(
  ({ config }) => config.scrape_configs ?? [],
);
const job = (name: string) => jobs.find(({ job_name }) => job_name === name);

test('monitors become parties, which pass all checks', async () => {
  const { checks } = await loadChecks();
  expect(runChecks(stack, checks, checkInputOf(stack, [], {}))).toEqual([]);
});

test('a ServiceMonitor becomes the job that the operator writes', () => {
  expect(job('serviceMonitor/shop/shop/0')).toMatchInlineSnapshot(`
    {
      "basic_auth": {
        "password_file": "/etc/crowsnest/secrets/shop/password",
        "username_file": "/etc/crowsnest/secrets/shop/user",
      },
      "body_size_limit": "20MB",
      "honor_labels": true,
      "job_name": "serviceMonitor/shop/shop/0",
      "kubernetes_sd_configs": [
        {
          "attach_metadata": {
            "node": true,
          },
          "namespaces": {
            "names": [
              "shop",
            ],
          },
          "role": "endpointslice",
          "selectors": [
            {
              "label": "kubernetes.io/service-name=shop",
              "role": "endpointslice",
            },
          ],
        },
      ],
      "label_limit": 20,
      "metric_relabel_configs": [
        {
          "action": "drop",
          "regex": "go_.*",
          "source_labels": [
            "__name__",
          ],
        },
      ],
      "metrics_path": "/stats",
      "params": {
        "format": [
          "text",
        ],
      },
      "relabel_configs": [
        {
          "action": "keep",
          "regex": "http",
          "source_labels": [
            "__meta_kubernetes_endpointslice_port_name",
          ],
        },
        {
          "regex": "Node;(.*)",
          "replacement": "$1",
          "source_labels": [
            "__meta_kubernetes_endpointslice_address_target_kind",
            "__meta_kubernetes_endpointslice_address_target_name",
          ],
          "target_label": "node",
        },
        {
          "regex": "Pod;(.*)",
          "replacement": "$1",
          "source_labels": [
            "__meta_kubernetes_endpointslice_address_target_kind",
            "__meta_kubernetes_endpointslice_address_target_name",
          ],
          "target_label": "pod",
        },
        {
          "source_labels": [
            "__meta_kubernetes_namespace",
          ],
          "target_label": "namespace",
        },
        {
          "source_labels": [
            "__meta_kubernetes_service_name",
          ],
          "target_label": "service",
        },
        {
          "source_labels": [
            "__meta_kubernetes_pod_name",
          ],
          "target_label": "pod",
        },
        {
          "source_labels": [
            "__meta_kubernetes_pod_container_name",
          ],
          "target_label": "container",
        },
        {
          "action": "drop",
          "regex": "(Failed|Succeeded)",
          "source_labels": [
            "__meta_kubernetes_pod_phase",
          ],
        },
        {
          "regex": "(.+)",
          "replacement": "$1",
          "source_labels": [
            "__meta_kubernetes_service_label_team",
          ],
          "target_label": "team",
        },
        {
          "regex": "(.+)",
          "replacement": "$1",
          "source_labels": [
            "__meta_kubernetes_pod_label_version",
          ],
          "target_label": "version",
        },
        {
          "source_labels": [
            "__meta_kubernetes_service_name",
          ],
          "target_label": "job",
        },
        {
          "regex": "(.+)",
          "replacement": "$1",
          "source_labels": [
            "__meta_kubernetes_service_label_team",
          ],
          "target_label": "job",
        },
        {
          "replacement": "http",
          "target_label": "endpoint",
        },
        {
          "action": "keep",
          "regex": "true",
          "source_labels": [
            "__meta_kubernetes_endpointslice_endpoint_conditions_ready",
          ],
        },
        {
          "action": "labeldrop",
          "regex": "pod",
        },
      ],
      "sample_limit": 100,
      "scheme": "http",
      "scrape_interval": "15s",
      "scrape_timeout": "10s",
    }
  `);
});

test('a PodMonitor becomes the job that the operator writes', () => {
  expect(job('podMonitor/shop/cart/0')).toMatchInlineSnapshot(`
    {
      "body_size_limit": "20MB",
      "job_name": "podMonitor/shop/cart/0",
      "kubernetes_sd_configs": [
        {
          "namespaces": {
            "names": [
              "shop",
            ],
          },
          "role": "pod",
          "selectors": [
            {
              "label": "app=cart",
              "role": "pod",
            },
          ],
        },
      ],
      "metrics_path": "/metrics",
      "relabel_configs": [
        {
          "action": "drop",
          "regex": "(Failed|Succeeded)",
          "source_labels": [
            "__meta_kubernetes_pod_phase",
          ],
        },
        {
          "action": "keep",
          "regex": "web",
          "source_labels": [
            "__meta_kubernetes_pod_container_port_name",
          ],
        },
        {
          "source_labels": [
            "__meta_kubernetes_namespace",
          ],
          "target_label": "namespace",
        },
        {
          "source_labels": [
            "__meta_kubernetes_pod_container_name",
          ],
          "target_label": "container",
        },
        {
          "source_labels": [
            "__meta_kubernetes_pod_name",
          ],
          "target_label": "pod",
        },
        {
          "replacement": "shop/cart",
          "target_label": "job",
        },
        {
          "regex": "(.+)",
          "replacement": "$1",
          "source_labels": [
            "__meta_kubernetes_pod_label_app",
          ],
          "target_label": "job",
        },
        {
          "replacement": "web",
          "target_label": "endpoint",
        },
      ],
      "sample_limit": 50000,
      "scheme": "http",
    }
  `);
});

test('each namespace, and each value of an expression, has a job of its own', () => {
  const found = jobs.filter(
    ({ job_name }) => job_name?.startsWith('podMonitor/o') || job_name?.startsWith('podMonitor/t'),
  );
  expect(
    found.map(({ job_name, kubernetes_sd_configs }) => [job_name, kubernetes_sd_configs]),
  ).toMatchInlineSnapshot(`
    [
      [
        "podMonitor/one/grafana/0/grafana-0",
        [
          {
            "namespaces": {
              "names": [
                "one",
              ],
            },
            "role": "pod",
            "selectors": [
              {
                "label": "app=a,!canary",
                "role": "pod",
              },
            ],
          },
        ],
      ],
      [
        "podMonitor/one/grafana/0/grafana-1",
        [
          {
            "namespaces": {
              "names": [
                "one",
              ],
            },
            "role": "pod",
            "selectors": [
              {
                "label": "app=b,!canary",
                "role": "pod",
              },
            ],
          },
        ],
      ],
      [
        "podMonitor/two/grafana/0/grafana-0-2",
        [
          {
            "namespaces": {
              "names": [
                "two",
              ],
            },
            "role": "pod",
            "selectors": [
              {
                "label": "app=a,!canary",
                "role": "pod",
              },
            ],
          },
        ],
      ],
      [
        "podMonitor/two/grafana/0/grafana-1-3",
        [
          {
            "namespaces": {
              "names": [
                "two",
              ],
            },
            "role": "pod",
            "selectors": [
              {
                "label": "app=b,!canary",
                "role": "pod",
              },
            ],
          },
        ],
      ],
    ]
  `);
});

test('the policies allow the pods of the Service on the port of the pods', () => {
  const egress = stack.manifests
    .filter(({ object }) => object.kind === 'NetworkPolicy')
    .filter(({ object }) => object.metadata.name === 'crowsnest-prometheus')
    .flatMap(({ object }) => object.spec.egress);
  const allowed = egress.flatMap(({ to, ports }) =>
    to.flatMap(({ namespaceSelector, podSelector }: Record<string, { matchLabels: object }>) =>
      namespaceSelector
        ? [
            [
              ...Object.values(namespaceSelector.matchLabels),
              podSelector?.matchLabels,
              ports.map(({ port }: { port: number }) => port),
            ],
          ]
        : [],
    ),
  );
  expect(
    allowed.filter(([namespace]) => namespace !== 'crowsnest' && namespace !== 'kube-system'),
  ).toMatchInlineSnapshot(`
    [
      [
        "shop",
        {
          "app": "cart",
        },
        [
          8081,
          8090,
        ],
      ],
      [
        "one",
        {
          "app": "a",
        },
        [
          8082,
        ],
      ],
      [
        "one",
        {
          "app": "b",
        },
        [
          8082,
        ],
      ],
      [
        "two",
        {
          "app": "a",
        },
        [
          8082,
        ],
      ],
      [
        "two",
        {
          "app": "b",
        },
        [
          8082,
        ],
      ],
      [
        "shop",
        {
          "app": "shop",
        },
        [
          8080,
        ],
      ],
      [
        "stated",
        {},
        [
          9000,
        ],
      ],
    ]
  `);
});

test('Prometheus gets a Role in each namespace of a monitor', () => {
  const roles = stack.manifests
    .filter(
      ({ object }) => object.kind === 'Role' && object.metadata.name === 'crowsnest-prometheus',
    )
    .map(({ object: { metadata, rules } }) => [
      metadata.namespace,
      (rules as unknown as { resources: string[] }[])
        .flatMap(({ resources }) => resources)
        .join(' '),
    ]);
  expect(Object.fromEntries(roles)).toMatchInlineSnapshot(`
    {
      "crowsnest": "pods",
      "crowsnest-agents": "pods",
      "default": "pods services endpointslices",
      "kube-system": "pods",
      "one": "pods",
      "shop": "pods pods services endpointslices",
      "stated": "pods services endpointslices",
      "two": "pods",
    }
  `);
});

describe('the name of a party', () => {
  test('has the namespace of the monitor if a component has the same name', () => {
    const names = stack.parties.map(({ name }) => name);
    expect(names).toEqual(
      expect.arrayContaining(['shop', 'stated', 'cart', 'grafana', 'grafana-one', 'web']),
    );
  });
});

test('a monitor is in all environments, unless an environment lists others', () => {
  const names = (applications?: string[]) =>
    stackWith(files, applications && { applications }).parties.map(({ name }) => name);
  expect(names()).toContain('shop');
  expect(names(['cart'])).toContain('cart');
  expect(names(['cart'])).not.toContain('shop');
});

test('a Service of another file is found', () => {
  const { monitors, findings } = loaded({
    'a.yaml': serviceMonitor('{ port: http }'),
    'b.yaml': service,
  });
  expect(findings).toEqual([]);
  expect(monitors.map(({ name, parties }) => [name, parties.length])).toEqual([
    ['a', 1],
    ['b', 0],
  ]);
});
